//! Texts with symbols.

use ecrgen::iam::{Bindings, Part, Symbol, Text, arn};
use proptest::prelude::*;

fn bindings() -> Bindings {
    Bindings::commercial("eu-west-1", "123456789012")
        .arn("key", "arn:aws:kms:eu-west-1:123456789012:key/k")
        .issuer("cluster", "oidc.eks.eu-west-1.amazonaws.com/id/0A1B")
}

#[test]
fn binds_symbols() {
    let text = Text::from("arn:").symbol(Symbol::Partition).literal(":ecr:").symbol(Symbol::Region);
    assert_eq!(text.bind(&bindings()), "arn:aws:ecr:eu-west-1");
    let key = Text::from(Symbol::Issuer("cluster".into())).literal(":sub");
    assert_eq!(key.bind(&bindings()), "oidc.eks.eu-west-1.amazonaws.com/id/0A1B:sub");
    assert_eq!(Text::from(Symbol::Arn("key".into())).bind(&bindings()), "arn:aws:kms:eu-west-1:123456789012:key/k");
}

#[test]
fn equal_texts_have_equal_parts() {
    let one = Text::from("a").literal("").literal("b").symbol(Symbol::DnsSuffix).literal("");
    assert_eq!(one.parts(), [Part::Literal("ab".into()), Part::Symbol(Symbol::DnsSuffix)]);
    assert_eq!(Text::from("a").then(&Text::from("b")), Text::from("ab"));
    assert_eq!(one.as_literal(), None);
    assert_eq!(Text::from("").as_literal(), Some(""));
}

#[test]
#[should_panic(expected = "no ARN is bound to `topic`")]
fn panics_on_an_unbound_name() {
    Text::from(Symbol::Arn("topic".into())).bind(&bindings());
}

#[test]
fn builds_arns_of_common_resources() {
    let shown = |text: Text| text.bind(&bindings());
    assert_eq!(shown(arn::repository("team/*")), "arn:aws:ecr:eu-west-1:123456789012:repository/team/*");
    assert_eq!(shown(arn::iam("role/ci/push")), "arn:aws:iam::123456789012:role/ci/push");
    assert_eq!(shown(arn::account_root(&"210987654321".into())), "arn:aws:iam::210987654321:root");
    let github = Text::from("token.actions.githubusercontent.com");
    assert_eq!(
        shown(arn::oidc_provider(&github)),
        "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com"
    );
}

fn part() -> impl Strategy<Value = Part> {
    prop_oneof![
        "[a-z:/*]{0,4}".prop_map(Part::Literal),
        Just(Part::Symbol(Symbol::Partition)),
        Just(Part::Symbol(Symbol::DnsSuffix)),
        Just(Part::Symbol(Symbol::Region)),
        Just(Part::Symbol(Symbol::AccountId)),
        Just(Part::Symbol(Symbol::Arn("key".into()))),
        Just(Part::Symbol(Symbol::Issuer("cluster".into()))),
    ]
}

fn text() -> impl Strategy<Value = Text> {
    prop::collection::vec(part(), 0..6).prop_map(|parts| {
        parts.into_iter().fold(Text::default(), |text, part| match part {
            Part::Literal(literal) => text.literal(&literal),
            Part::Symbol(symbol) => text.symbol(symbol),
        })
    })
}

proptest! {
    #[test]
    fn binding_distributes_over_concatenation(a in text(), b in text()) {
        prop_assert_eq!(a.clone().then(&b).bind(&bindings()), a.bind(&bindings()) + &b.bind(&bindings()));
    }

    #[test]
    fn literals_are_never_empty_or_adjacent(a in text(), b in text()) {
        let joined = a.then(&b);
        let is_literal = |part: &Part| matches!(part, Part::Literal(_));
        prop_assert!(joined.parts().windows(2).all(|pair| !pair.iter().all(is_literal)));
        prop_assert!(!joined.parts().contains(&Part::Literal(String::new())));
    }
}
