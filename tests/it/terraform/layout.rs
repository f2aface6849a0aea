//! The layout of printed trees: one small case per rule of `terraform fmt`.

use ecrgen::terraform::{Block, Body, Expr, List, Object, Template, Traversal, print};

fn attr(value: impl Into<Expr>) -> String {
    print(&Body::new().attr("a", value))
}

fn reference(text: &'static str) -> Traversal {
    Traversal::new(text)
}

#[test]
fn a_repository_looks_handwritten() {
    let rule = Object::new().entry("rulePriority", 1).entry("selection", Object::new().entry("tagStatus", "any"));
    let repository = Block::resource("aws_ecr_repository", "piksel_core")
        .attr("name", "piksel-core")
        .attr("image_tag_mutability", "IMMUTABLE")
        .attr(
            "tags",
            Expr::call(
                "merge",
                [Expr::from(reference("local.standard_tags")), Object::new().entry("Name", "piksel-core").into()],
            ),
        )
        .blank()
        .comment("Deleting the repository deletes its images.")
        .block(Block::bare("lifecycle").attr("prevent_destroy", true));
    let policy = Block::resource("aws_ecr_lifecycle_policy", "piksel_core")
        .attr("repository", reference("aws_ecr_repository.piksel_core.name"))
        .attr("policy", Expr::call("jsonencode", [Object::new().entry("rules", vec![rule])]));
    let expected = r#"resource "aws_ecr_repository" "piksel_core" {
  name                 = "piksel-core"
  image_tag_mutability = "IMMUTABLE"
  tags = merge(local.standard_tags, {
    Name = "piksel-core"
  })

  # Deleting the repository deletes its images.
  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_ecr_lifecycle_policy" "piksel_core" {
  repository = aws_ecr_repository.piksel_core.name
  policy = jsonencode({
    rules = [
      {
        rulePriority = 1
        selection = {
          tagStatus = "any"
        }
      },
    ]
  })
}
"#;
    assert_eq!(print(&Body::new().block(repository).blank().block(policy)), expected);
}

#[test]
fn equals_signs_are_aligned_up_to_a_multiline_value() {
    let body = Body::new().attr("a", 1).attr("bbbbbb", Object::new().entry("c", 1)).attr("cc", 3).attr("dddd", 4);
    assert_eq!(print(&body), "a = 1\nbbbbbb = {\n  c = 1\n}\ncc   = 3\ndddd = 4\n");
}

#[test]
fn blank_lines_comments_and_blocks_end_a_run_of_aligned_arguments() {
    let body = Body::new().attr("a", 1).attr("bb", 2);
    for (between, text) in [
        (body.clone().blank(), "\n"),
        (body.clone().comment("x"), "# x\n"),
        (body.clone().block(Block::bare("b")), "b {}\n"),
    ] {
        let printed = print(&between.attr("cccc", 3));
        assert_eq!(printed, format!("a  = 1\nbb = 2\n{text}cccc = 3\n"));
    }
}

#[test]
fn the_width_of_a_key_includes_quotes_parentheses_and_escapes() {
    let object = Object::new()
        .entry("tagStatus", 1)
        .entry("aws:SourceArn", 2)
        .entry(Expr::from(reference("each.key")), 3)
        .entry(Expr::from(Template::new().code(reference("local.host")).text(":sub")), 4)
        .entry("日本", 5);
    let expected = r#"a = {
  tagStatus           = 1
  "aws:SourceArn"     = 2
  (each.key)          = 3
  "${local.host}:sub" = 4
  "日本"                = 5
}
"#;
    assert_eq!(attr(object), expected);
}

#[test]
fn joining_characters_are_escaped_where_width_matters() {
    let object = Object::new().entry("क्ष", "क्ष");
    assert_eq!(attr(object), "a = {\n  \"\\u0915\\u094d\\u0937\" = \"क्ष\"\n}\n");
}

#[test]
fn keyword_keys_are_quoted() {
    let object = Object::new().entry("for", 1).entry("null", 2).entry("in", 3).inline();
    assert_eq!(attr(object), "a = { \"for\" = 1, \"null\" = 2, in = 3 }\n");
}

#[test]
fn brackets_that_open_together_close_together() {
    let object = || Object::new().entry("b", 1);
    assert_eq!(attr(Expr::call("jsonencode", [object()])), "a = jsonencode({\n  b = 1\n})\n");
    assert_eq!(
        attr(Expr::call("jsonencode", [Expr::call("merge", [Expr::from(reference("x.y")), object().into()])])),
        "a = jsonencode(merge(x.y, {\n  b = 1\n}))\n"
    );
    assert_eq!(
        attr(Expr::call("merge", [object(), object()])),
        "a = merge(\n  {\n    b = 1\n  },\n  {\n    b = 1\n  },\n)\n"
    );
}

#[test]
fn no_bracket_stays_open_after_an_object_on_the_same_line() {
    let merged = Expr::call("merge", [Object::new().entry("b", 1).inline(), Object::new().entry("c", 2)]);
    let expected = "a = [\n  merge(\n    { b = 1 },\n    {\n      c = 2\n    },\n  ),\n]\n";
    assert_eq!(attr(vec![merged]), expected);
}

#[test]
fn a_line_with_an_object_in_its_key_is_not_aligned() {
    let key = Expr::call("f", [Object::new().entry("b", 1).inline()]);
    assert_eq!(attr(Object::new().entry(key, 1).entry("c", 2)), "a = {\n  (f({ b = 1 })) = 1\n  c = 2\n}\n");
    let key = Expr::from(Object::new().entry("b", 1).inline());
    let value = Expr::call("f", [Object::new().entry("c", 2)]);
    assert_eq!(attr(Object::new().entry(key, value)), "a = {\n  ({ b = 1 }) = f({ c = 2 })\n}\n");
}

#[test]
fn short_lists_are_on_one_line_and_long_ones_are_not() {
    assert_eq!(attr(["ecr:GetDownloadUrlForLayer", "x"]), "a = [\"ecr:GetDownloadUrlForLayer\", \"x\"]\n");
    assert_eq!(attr(List::new().item("x").multiline()), "a = [\n  \"x\",\n]\n");
    let long = ["ecr:BatchCheckLayerAvailability", "ecr:GetDownloadUrlForLayer", "ecr:BatchGetImage"];
    assert_eq!(attr(long), format!("a = [\n{}]\n", long.map(|item| format!("  \"{item}\",\n")).concat()));
}

#[test]
fn comments_in_collections_are_on_separate_lines() {
    let list = List::new().comment("first").item(1).blank().blank().item(2).blank().inline();
    assert_eq!(attr(list), "a = [\n  # first\n  1,\n\n  2,\n]\n");
    assert_eq!(attr(Object::new().comment("none")), "a = {\n  # none\n}\n");
}

#[test]
fn empty_collections_and_blocks_are_on_one_line() {
    let body = Body::new().attr("a", List::new()).attr("bb", Object::new()).block(Block::bare("c").blank());
    assert_eq!(print(&body), "a  = []\nbb = {}\nc {}\n");
}

#[test]
fn a_minus_that_could_be_a_subtraction_is_in_parentheses() {
    assert_eq!(attr(Template::new().text("x").code(Expr::Number(-1))), "a = \"x${(-1)}\"\n");
    assert_eq!(attr(List::new().item(-1)), "a = [-1]\n");
}

#[test]
fn templates_become_the_simplest_expression() {
    assert_eq!(attr(Template::new()), "a = \"\"\n");
    assert_eq!(attr(Template::new().text("$").text("{x}")), "a = \"$${x}\"\n");
    assert_eq!(attr(Template::new().code(reference("var.x"))), "a = var.x\n");
    let inner = Template::new().text("b").code(reference("var.x"));
    assert_eq!(attr(Template::new().text("a").code(inner)), "a = \"ab${var.x}\"\n");
}

#[test]
fn templates_keep_markers_and_braces_apart() {
    assert_eq!(attr(Template::new().text("$").code(reference("var.x"))), "a = \"\\u0024${var.x}\"\n");
    let object = Object::new().entry("b", 1);
    assert_eq!(attr(Template::new().text("x").code(object)), "a = \"x${ { b = 1 } }\"\n");
}

#[test]
fn the_type_of_a_variable_is_in_the_long_form() {
    let variable = |type_: Expr| print(&Body::new().block(Block::new("variable", ["x"]).attr("type", type_)));
    let cases = [
        (reference("list").into(), "list(any)"),
        (reference("string").into(), "string"),
        ("map".into(), "map(string)"),
        (Expr::call("list", [reference("string")]), "list(string)"),
    ];
    for (type_, expected) in cases {
        assert_eq!(variable(type_), format!("variable \"x\" {{\n  type = {expected}\n}}\n"));
    }
}

#[test]
fn no_text_escapes_a_comment() {
    let text = "two\nlines \r\n\nand\u{2028}a\u{7}bell";
    assert_eq!(print(&Body::new().comment(text)), "# two\n# lines\n#\n#\n# and\n# a\u{fffd}bell\n");
}
