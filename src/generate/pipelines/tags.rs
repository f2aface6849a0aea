//! The script that chooses the tags of an image from the classes of image tags. It is a POSIX shell script, and agrees with
//! `ecrgen tag`.

use minijinja::{Value, context};

use super::yaml;
use crate::platform::Platform;
use crate::platform::image_tags::MadeFrom;
use crate::platform::image_tags::class::Class;
use crate::platform::naming::template::{Piece, pieces};

/// The lines of the script. It reads `ref_type` (`branch` or `tag`), `ref_name`, `SERVICE`, and the hash of the commit from the
/// variable `commit`, and sets `tags`,
/// separated by spaces. Tags that move are last.
pub(super) fn script(platform: &Platform, commit: &str) -> Vec<String> {
    let mut classes: Vec<&Class> = platform.classes.here.iter().collect();
    classes.sort_by_key(|class| class.moving.as_ref().is_some_and(|moving| moving.value));
    let made = |kind: fn(&MadeFrom) -> bool| {
        let these = classes.iter().copied().filter(|class| kind(&class.made_from()));
        these.collect::<Vec<&Class>>()
    };
    let of_branches = made(|made| matches!(made, MadeFrom::Branches(_)));
    let of_tags = made(|made| matches!(made, MadeFrom::GitTags | MadeFrom::Versions));
    let lines = |these: &[&Class]| these.iter().flat_map(|class| lines(class, platform)).collect::<Vec<String>>();
    let (branches, tags) = (lines(&of_branches), lines(&of_tags));
    let any = |wanted: &[&str]| [&of_branches[..], &of_tags].concat().iter().any(|class| has(class, wanted));
    let text = yaml::render(
        include_str!("../../../templates/pipelines/tags.sh"),
        context! {
            hashed => branches.iter().chain(&tags).any(|line| line.contains("commit")),
            commit => Value::from_safe_string(format!("${commit}")),
            dated => any(&["timestamp", "date"]),
            guarded => branches.iter().any(|line| line.starts_with("unlike ")),
            slugs => of_branches.iter().any(|class| has(class, &["branch"])),
            versions => any(&["version"]),
            version => Value::from_safe_string(SEMANTIC.to_owned()),
            branches => safe(branches),
            tags => safe(tags),
        },
    );
    text.lines().map(str::to_owned).collect()
}

/// A semantic version (semver.org, version 2.0.0). With metadata it is one too, which then is not a valid tag.
const SEMANTIC: &str = "(0|[1-9][0-9]*)([.](0|[1-9][0-9]*)){2}(-(0|[1-9][0-9]*|[0-9]*[A-Za-z-][0-9A-Za-z-]*)([.](0|[1-9][0-9]*|[0-9]*[A-Za-z-][0-9A-Za-z-]*))*)?([+][0-9A-Za-z-]+([.][0-9A-Za-z-]+)*)?";

/// Lines that are shell already.
fn safe(lines: Vec<String>) -> Value {
    lines.into_iter().map(Value::from_safe_string).collect()
}

fn has(class: &Class, wanted: &[&str]) -> bool {
    pieces(&class.template).any(|piece| matches!(piece, Piece::Placeholder(name) if wanted.contains(&name)))
}

/// The lines for one class.
fn lines(class: &Class, platform: &Platform) -> Vec<String> {
    let tag: String = pieces(&class.template).map(|piece| word(piece, platform)).collect();
    let add = format!("add {} \"{tag}\"", class.name);
    let others = platform.classes.here.iter().filter(|other| has(class, &["branch"]) && other.name != class.name);
    let guards = others.filter_map(|other| {
        let pattern = pattern(other, platform)?;
        Some(format!("unlike {} \"{tag}\" '{pattern}'", other.name))
    });
    let mut lines: Vec<String> = guards.collect();
    match class.made_from() {
        // The form of a branch pattern has no character that means more to `case` than to IAM.
        MadeFrom::Branches(Some(pattern)) => {
            lines.push(add);
            lines.iter_mut().for_each(|line| *line = format!("case \"$ref_name\" in {pattern}) {line} ;; *) ;; esac"));
        }
        _ if has(class, &["version"]) => lines.push(format!("if is_version \"${{ref_name#v}}\"; then {add}; fi")),
        _ => lines.push(add),
    }
    lines
}

/// What a piece of a template is in a text in double quotes.
fn word(piece: Piece, platform: &Platform) -> String {
    match piece {
        Piece::Literal(text) => text.to_owned(),
        Piece::Placeholder("service") => "${SERVICE}".to_owned(),
        Piece::Placeholder("environment") => platform.scope.environment.clone(),
        Piece::Placeholder("version") => "${ref_name#v}".to_owned(),
        Piece::Placeholder("git_tag") => "${ref_name}".to_owned(),
        Piece::Placeholder("branch") => "${branch}".to_owned(),
        Piece::Placeholder("timestamp") => "${now}".to_owned(),
        Piece::Placeholder("date") => "${now%??????}".to_owned(),
        Piece::Placeholder("sha") => "${commit}".to_owned(),
        Piece::Placeholder(other) => match other.strip_prefix("sha:") {
            Some(digits) => format!("$(printf '%.{digits}s' \"$commit\")"),
            None => unreachable!("no build gets tags with `{{{other}}}`"),
        },
    }
}

/// The regular expression of the tags of a class that branch names could imitate: versions, and tags that are the same for all
/// builds.
fn pattern(class: &Class, platform: &Platform) -> Option<String> {
    if !class.is_constant() && !has(class, &["version"]) {
        return None;
    }
    let services: Vec<&str> =
        platform.repositories.iter().flat_map(|repository| repository.services.iter().map(String::as_str)).collect();
    let quoted = |text: &str| text.replace('.', "[.]");
    let piece = |piece| match piece {
        Piece::Literal(text) => Some(quoted(text)),
        Piece::Placeholder("environment") => Some(quoted(&platform.scope.environment)),
        Piece::Placeholder("service") => Some(format!("({})", quoted(&services.join("|")))),
        Piece::Placeholder("version") => Some("[0-9]+([.][0-9]+){2}[A-Za-z0-9.-]*".to_owned()),
        Piece::Placeholder(_) => None,
    };
    pieces(&class.template).map(piece).collect()
}
