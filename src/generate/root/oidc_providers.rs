//! `oidc_providers.tf`: the IAM OIDC providers that the root module creates.

use crate::generate::expression::cluster_issuer;
use crate::generate::moved::from_to;
use crate::generate::place::Place;
use crate::generate::protection::protection;
use crate::generate::{Files, none, one, spaced};
use crate::platform::naming::label::Spelling;
use crate::platform::{Label, Platform};
use crate::policies::Policies;
use crate::policies::provider::{Created, made_in_root};
use crate::terraform::{Block, Expr, Name, Traversal};

/// The file, if the root module creates a provider.
pub fn files<'p>(policies: &'p Policies<'p>) -> Files<'p> {
    let platform = policies.platform;
    let place = Place::root(platform);
    let providers: Vec<Created> = made_in_root(platform).collect();
    let Some(origin) = providers.first().map(|provider| provider.span) else { return none() };
    let moved: Vec<Block> = providers.iter().filter_map(|provider| moved(provider, platform)).collect();
    let blocks = providers.into_iter().flat_map(|provider| blocks(provider, platform, &place)).chain(moved);
    one(place.hcl("oidc_providers.tf", spaced(blocks), origin))
}

/// The `moved` block, if the label was spelled in another way.
fn moved(created: &Created, platform: &Platform) -> Option<Block> {
    let label = Label::of(&created.name);
    let address = |spelling| {
        let name = Name::from(label.spelled(spelling).to_owned());
        Traversal::new("aws_iam_openid_connect_provider").attr(name)
    };
    let (earlier, now) = (address(platform.root.earlier_spelling()), address(Spelling::Plain));
    (earlier != now).then(|| from_to(earlier, now).origin(created.span))
}

/// The provider, without thumbprints if the AWS provider allows it: IAM validates the issuer's certificate against its
/// own list of certificate authorities (IAM API reference, CreateOpenIDConnectProvider).
pub fn blocks(created: Created, platform: &Platform, place: &Place) -> Vec<Block> {
    let name = Name::from(Label::text_of(&created.name));
    let url: Expr = match &created.issuer {
        Some(issuer) => format!("https://{issuer}").into(),
        None => cluster_issuer(&created.name).into(),
    };
    let mut blocks = Vec::new();
    let mut provider = Block::resource("aws_iam_openid_connect_provider", name.clone())
        .attr("url", url.clone())
        .attr("client_id_list", created.audiences);
    if platform.root.wants_thumbprints() {
        let certificates = Traversal::new("data.tls_certificate").attr(name.clone()).attr("certificates");
        let certificate = Block::data("tls_certificate", name)
            .comment(
                "AWS providers before 5.81 require a thumbprint. IAM uses it only if it does not know the authority.",
            )
            .attr("url", url);
        blocks.push(certificate.origin(created.span));
        provider = provider.attr("thumbprint_list", [certificates.index(0).attr("sha1_fingerprint")]);
    }
    let provider = provider
        .blank()
        .attr("tags", place.tags())
        .blank()
        .comment("An account has one provider per issuer; deleting it breaks every role that trusts the issuer")
        .block(protection(platform));
    blocks.push(provider.origin(created.span));
    blocks
}
