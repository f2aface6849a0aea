//! The fingerprints of lines. The expected ones are those of the action that uploads files to GitHub (`fingerprints.test.ts`
//! of github/codeql-action).

use ecrgen::report::sarif::LineHashes;

fn hashes(text: &str) -> Vec<String> {
    let hashes = LineHashes::of(text);
    (1..).map_while(|line| hashes.line(line)).collect()
}

#[test]
fn an_empty_file_has_one_line() {
    assert_eq!(hashes(""), ["c129715d7a2bc9a3:1"]);
}

#[test]
fn spaces_and_tabs_do_not_count() {
    let expected = ["271789c17abda88f:1", "54703d4cd895b18:1", "180aee12dab6264:1", "a23a3dc5e078b07b:1"];
    assert_eq!(hashes(" a\nb\n  \t\tc\n d"), expected);
}

#[test]
fn all_line_ends_are_equal() {
    let expected = [
        "e9496ae3ebfced30:1",
        "fb7c023a8b9ccb3f:1",
        "ce8ba1a563dcdaca:1",
        "e20e36e16fcb0cc8:1",
        "b3edc88f2938467e:1",
        "c8e28b0b4002a3a0:1",
        "c129715d7a2bc9a3:1",
    ];
    for end in ["\n", "\r", "\r\n"] {
        let text = " hello; \t\nworld!!!\n\n\n  \t\tGreetings\n End\n".replace('\n', end);
        assert_eq!(hashes(&text), expected, "{end:?}");
    }
    assert_eq!(hashes(" hello; \t\nworld!!!\r\n\n\r  \t\tGreetings\r End\r\n"), expected);
}

#[test]
fn equal_lines_are_counted() {
    let expected: Vec<_> = (1..=6).map(|n| format!("a7f2ff13bc495cf2:{n}")).collect();
    assert_eq!(hashes(&"Lorem ipsum dolor sit amet.\n".repeat(10))[..6], expected);
}

/// Computed without the rolling sum, and in UTF-16 code units.
#[test]
fn the_hash_is_the_polynomial_of_one_hundred_code_units() {
    let text = format!("größe: 😀 {}\n", "x".repeat(150));
    let units = text.encode_utf16().filter(|unit| *unit != u16::from(b' ')).take(100);
    let sum = units.fold(0_u64, |sum, unit| sum.wrapping_mul(37).wrapping_add(u64::from(unit)));
    assert_eq!(LineHashes::of(&text).line(1), Some(format!("{sum:x}:1")));
}
