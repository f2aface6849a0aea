//! Characters that look like those that the author meant: letters of other alphabets, typographic marks and spaces.

/// Says which character to replace, if a text contains one that only looks like ASCII. `fixed` is the text without such
/// characters.
pub fn lookalike(text: &str) -> Option<String> {
    let (found, meant) = text.chars().find_map(|c| Some((c, meant(c)?)))?;
    let code = format!("U+{:04X}", u32::from(found));
    let fixed: String = text.chars().filter_map(meant_or_same).collect();
    let fixed = fixed.trim();
    Some(match (alphabet(found), meant) {
        (Some(alphabet), Some(meant)) => format!(
            "write `{fixed}`: `{found}` is the {alphabet} letter {code}, which only looks like the Latin letter `{meant}`"
        ),
        (None, Some(' ')) => format!("write an ordinary space instead of the character {code}, {}", space(found)),
        (None, Some(meant)) => format!("write `{meant}` instead of `{found}` ({code})"),
        (_, None) => format!("delete the invisible character {code}"),
    })
}

/// The ASCII character that one looks like; `Some(None)` for an invisible character, and `None` for any other.
fn meant(c: char) -> Option<Option<char>> {
    let of_pairs = |pairs: &str| {
        let pairs: Vec<char> = pairs.chars().collect();
        pairs.chunks_exact(2).find(|pair| pair[0] == c).map(|pair| pair[1])
    };
    match c {
        '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}' => Some(None),
        '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => Some(Some(' ')),
        '\u{ff01}'..='\u{ff5e}' => Some(char::from_u32(u32::from(c) - 0xfee0)),
        _ => of_pairs(CYRILLIC).or_else(|| of_pairs(GREEK)).or_else(|| of_pairs(MARKS)).map(Some),
    }
}

fn meant_or_same(c: char) -> Option<char> {
    meant(c).unwrap_or(Some(c))
}

/// Pairs of a letter and the Latin letter that it looks like.
const CYRILLIC: &str = "аaеeоoрpсcуyхxіiјjѕsԁdһhԛqѡwӏlкkмmтtвbнhАAВBЕEЗ3КKМMНHОOРPСCТTУYХXІIЈJЅS";
const GREEK: &str = "οoαaνvρpιiκkυuτtχxγyΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧX";

/// Pairs of a mark and its ASCII form.
const MARKS: &str = "“\"”\"„\"«\"»\"‘'’'‚'‐-‑-‒-–-—-−-，,；;：:。.";

fn alphabet(c: char) -> Option<&'static str> {
    match c {
        _ if CYRILLIC.chars().step_by(2).any(|letter| letter == c) => Some("Cyrillic"),
        _ if GREEK.chars().step_by(2).any(|letter| letter == c) => Some("Greek"),
        _ => None,
    }
}

fn space(c: char) -> &'static str {
    match c {
        '\u{a0}' | '\u{202f}' => "which is a no-break space",
        _ => "which is another kind of space",
    }
}
