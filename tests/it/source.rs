//! Places in files, and edits of files.

use ecrgen::source::{Edit, Sources, Span};

/// One file with this text.
fn sources(text: &str) -> Sources {
    let mut sources = Sources::default();
    sources.add("spec.yaml", text);
    sources
}

/// The only place of a piece of the text.
fn place(sources: &Sources, piece: &str) -> Span {
    let found: Vec<usize> = sources.file(0).text.match_indices(piece).map(|(at, _)| at).collect();
    let [start] = found[..] else { panic!("{} places of {piece}", found.len()) };
    let at = |byte: usize| u32::try_from(byte).expect("a short text");
    Span { file: 0, start: at(start), end: at(start + piece.len()) }
}

#[test]
fn lines_and_columns_count_from_one() {
    let sources = sources("first: 1\nzweite: \"ü💡\", third: 3\r\nlast: 4");
    for (piece, position) in [("first", (1, 1)), ("1", (1, 8)), ("zweite", (2, 1)), ("third", (2, 15)), ("4", (3, 7))] {
        assert_eq!(sources.position(place(&sources, piece)), position, "{piece}");
    }
    let end = u32::try_from(sources.file(0).text.len()).expect("a short text");
    assert_eq!(sources.position(Span { file: 0, start: end, end }), (3, 8));
}

#[test]
fn finds_positions_and_parts_in_lines_longer_than_a_step_of_the_index() {
    // Characters of one to four bytes, so that they cross the steps of the index at every offset.
    check_long_lines(&(0..5_000).map(|i| ["a", "ü", "€", "💡"][i * 7 % 4]).collect::<String>());
    // Steps of ASCII characters only, and steps with another one.
    check_long_lines(&(0..5_000).map(|i| if i % 1_700 == 1_023 { 'ü' } else { 'a' }).collect::<String>());
}

fn check_long_lines(long: &str) {
    let text = format!("{long}\r\n\n{long}x\nend");
    let sources = sources(&text);
    for (at, _) in text.char_indices().step_by(97).chain([(text.len(), ' ')]) {
        let before = &text[..at];
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        let byte = u32::try_from(at).expect("a short text");
        let span = Span { file: 0, start: byte, end: byte };
        assert_eq!(sources.position(span), (before.matches('\n').count() + 1, column), "{at}");
    }
    for (number, line) in (1..).zip(text.lines()) {
        for (skipped, most) in [(0, 3), (0, 9_999), (1_023, 5), (2_500, 2_000), (4_999, 2), (5_001, 1)] {
            let part: String = line.chars().skip(skipped).take(most).collect();
            assert_eq!(sources.file(0).part_of_line(number, skipped, most), part, "{number}, {skipped}, {most}");
        }
    }
}

#[test]
fn applies_edits_in_any_order() {
    let sources = sources("cart: push\nsearch: pull\n");
    let replace = Edit { span: place(&sources, "push"), text: "pull".into() };
    let search = place(&sources, "search");
    let insert = Edit { span: Span { end: search.start, ..search }, text: "# found\n".into() };
    let delete = Edit { span: place(&sources, ": pull"), text: String::new() };
    let orders = [[&replace, &insert, &delete], [&delete, &replace, &insert], [&insert, &delete, &replace]];
    for order in orders {
        let edited = Edit::apply(&order.map(Edit::clone), &sources, 0);
        assert_eq!(edited.as_deref(), Ok("cart: pull\n# found\nsearch\n"));
    }
    assert_eq!(Edit::apply(&[], &sources, 0).as_ref(), Ok(&sources.file(0).text));
}

#[test]
fn applies_adjacent_edits_and_rejects_overlapping_ones() {
    let sources = sources("abcdef");
    let edit = |piece: &str, text: &str| Edit { span: place(&sources, piece), text: text.into() };
    assert_eq!(Edit::apply(&[edit("cd", "2"), edit("ab", "1")], &sources, 0).as_deref(), Ok("12ef"));
    let (first, second) = (edit("abc", "1"), edit("cd", "2"));
    assert_eq!(Edit::apply(&[first, second.clone()], &sources, 0), Err(second));
}

#[test]
fn rejects_edits_outside_of_the_file() {
    let sources = sources("abc");
    for span in [Span { file: 1, start: 0, end: 1 }, Span { file: 0, start: 2, end: 4 }] {
        let edit = Edit { span, text: "x".into() };
        assert_eq!(Edit::apply(std::slice::from_ref(&edit), &sources, 0), Err(edit));
    }
}
