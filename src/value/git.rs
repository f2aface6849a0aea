//! Names of git.

use super::form::text;

text! {
    /// A branch or tag of git, `*` and `?` match as in IAM's StringLike.
    ///
    /// No spaces and no `:`, as git-check-ref-format has it, and less besides.
    pub struct GitRef = r"^[A-Za-z0-9*?][A-Za-z0-9._/*?@+#-]*$", "the name of a branch or tag, with `*` for any characters";
}
