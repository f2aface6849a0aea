//! Every key and every value of a spec, replaced by text that some language would execute: no output contains it as code.
//!
//! `fuzz::judges::specs` compiles and judges the findings, the reports and the files. Here, an independent reader of HCL also
//! looks for the marker outside of texts.

use ecrgen::source::Span;
use ecrgen::yaml::{Node, Value, parse};
use hcl::expr::{Expression, ObjectKey};
use hcl::structure::Structure;
use hcl::template::{Element, Template};
use hcl::{Block, Body};

use super::free_text::quoted;
use crate::fuzz::judges;
use crate::harness::Compiled;
use crate::language::accepted::{ACCEPTED, BASE};

/// A word that appears in no spec.
const MARKER: &str = "zaphod";

/// Code of the languages that texts reach: HCL, YAML, Markdown, HTML, IAM, terminals and GitHub Actions.
const TEXTS: &[&str] = &[
    "${zaphod.beeblebrox}",
    "%{ if zaphod }x%{ endif }",
    "\" }\nresource \"zaphod\" \"zaphod\" {}\n#",
    "x*/ zaphod <!-- --> <script>zaphod</script> | `zaphod` [zaphod](zaphod:x)",
    "zaphod\n::error::zaphod\n##[error]zaphod",
    "\u{1b}[8mzaphod\u{202e}\u{2028}\u{200b}\u{85}",
    "zaphod",
    "zaphod/*?${aws:zaphod}",
];

/// A text of every kind that can be any text, or almost any.
const SHOP: &str = "\
platform: shop
environment: shared
region: eu-central-1
resource_tags: { Owner: team }
image_tags: { release: \"{service}-v{version}\" }
repositories:
  cart:
    name: shop/cart
    services: [web, api]
    resource_tags: { Team: web }
    replace: new key
    retention: [{ keep: 5, of: release, description: What we said }]
    policy_statements: [{ Sid: Audit, Effect: Allow, Principal: { AWS: \"444444444444\" }, Action: \"ecr:DescribeImages\", Condition: { StringEquals: { \"aws:PrincipalTag/team\": red } } }]
access:
  ci: { can: [push], repositories: all, github: { repository: o/r, owner_id: 1, repository_id: 2, environments: [prod] } }
  runs: { can: [pull], repositories: all, hcp: { organization: acme, project: Default Project, workspace: web_1, phases: [plan] } }
  nodes: { can: [pull], repositories: all, node_roles: [{ variable: node, default: \"arn:aws:iam::123456789012:role/x/y\" }] }
expect: { it stays: { repository: cart, tag: web-v1, age: 3d, is: kept } }
assert: { no one deletes: { can: [delete], only: [apply] } }
oidc_providers: { github: create, hcp: create }
workspace: { organization: acme, name: shop-ecr, project: My project }
outputs: { urls: repository_urls }
waive: { shared-retention-count: { at: [repositories.cart], reason: agreed } }
";

/// Valid specs, and the places of their keys and values.
fn documents() -> Vec<(String, Vec<Span>)> {
    // The names of the repositories in the fragments are too short for ECR.
    let names = "names: { repository: \"xx-{repository}\" }\n";
    let repositories = "repositories: { a: {}, b: {}, c/d: {} }\n";
    let fragments = ACCEPTED.iter().map(|fragment| {
        let missing = |key: &str, line| if fragment.starts_with(key) { "" } else { line };
        let (names, repositories) = (missing("names:", names), missing("repositories:", repositories));
        format!("{BASE}{names}{repositories}{fragment}\n")
    });
    let is_valid = |document: &String| Compiled::of(document).errors().is_empty();
    let with_places = |document: String| {
        let mut places = Vec::new();
        collect(&parse(0, &document).expect("valid YAML"), &mut places);
        (document, places)
    };
    fragments.chain([SHOP.to_owned()]).filter(is_valid).map(with_places).collect()
}

fn collect(node: &Node, places: &mut Vec<Span>) {
    match &node.value {
        Value::Map(entries) => entries.iter().for_each(|entry| {
            places.push(entry.key.span);
            collect(&entry.value, places);
        }),
        Value::List(items) => items.iter().for_each(|item| collect(item, places)),
        _ => places.push(node.span),
    }
}

#[test]
fn no_text_of_a_spec_becomes_code() {
    let (mut compiled, mut accepted, mut shown) = (0, 0, 0);
    for (number, (document, places)) in documents().into_iter().enumerate() {
        // All texts at each place of the long spec. The short specs have much in common, so one text at some places of each.
        const APART: usize = 8;
        let (texts, apart) = if document == SHOP { (TEXTS.len(), 1) } else { (1, APART) };
        let places = places.iter().skip(number % apart).step_by(apart);
        for place in places.flat_map(|place| std::iter::repeat_n(place, texts)) {
            let (start, end) = (place.start as usize, place.end as usize);
            let text = TEXTS[compiled % TEXTS.len()];
            let spec = format!("{}{}{}", &document[..start], quoted(text), &document[end..]);
            judges::specs(spec.as_bytes());
            compiled += 1;
            let compilation = Compiled::of(&spec);
            if !compilation.errors().is_empty() {
                continue;
            }
            accepted += 1;
            let files = compilation.files();
            shown += usize::from(files.values().any(|file| file.contains(MARKER)));
            for (path, file) in files.iter().filter(|(path, _)| path.ends_with(".tf")) {
                let code = code_of(&hcl::parse(file).expect("HCL"));
                let is_name = text == MARKER;
                let is_code = code.iter().any(|code| code.contains(MARKER));
                assert!(is_name || !is_code, "{text:?} is code in {path}: {code:?}\n{spec}");
            }
        }
    }
    eprintln!("{compiled} specs, {accepted} of them accepted, {shown} with the text in the output");
    assert!(compiled > 500 && accepted > 60 && shown > 20, "{compiled} {accepted} {shown}");
}

/// Every name and every expression that is not a text.
fn code_of(body: &Body) -> Vec<String> {
    let mut code = Vec::new();
    body.iter().for_each(|structure| match structure {
        Structure::Attribute(attribute) => {
            code.push(attribute.key.to_string());
            of_expression(&attribute.expr, &mut code);
        }
        Structure::Block(block) => of_block(block, &mut code),
    });
    code
}

fn of_block(block: &Block, code: &mut Vec<String>) {
    code.push(block.identifier.to_string());
    code.extend(block.labels.iter().map(|label| label.as_str().to_owned()));
    code.extend(code_of(&block.body));
}

fn of_expression(expression: &Expression, code: &mut Vec<String>) {
    match expression {
        Expression::String(_) | Expression::Null | Expression::Bool(_) | Expression::Number(_) => {}
        Expression::Array(items) => items.iter().for_each(|item| of_expression(item, code)),
        Expression::Object(entries) => entries.iter().for_each(|(key, value)| {
            // A bare word is a text here.
            if let ObjectKey::Expression(key) = key {
                of_expression(key, code);
            }
            of_expression(value, code);
        }),
        Expression::FuncCall(call) => {
            code.push(call.name.to_string());
            call.args.iter().for_each(|argument| of_expression(argument, code));
        }
        Expression::TemplateExpr(template) => {
            let template = Template::from_expr(template).expect("a template");
            template.elements().iter().for_each(|element| match element {
                Element::Literal(_) => {}
                Element::Interpolation(interpolation) => of_expression(&interpolation.expr, code),
                Element::Directive(directive) => code.push(format!("{directive:?}")),
            });
        }
        Expression::Parenthesis(inner) => of_expression(inner, code),
        other => code.push(other.to_string()),
    }
}
