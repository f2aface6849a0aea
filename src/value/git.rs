//! Git names.

use super::form::text;

text! {
    /// The name of a Git branch or tag; `*` and `?` match as in `StringLike` of IAM.
    ///
    /// Spaces and `:` are not valid, as in git-check-ref-format. The form is stricter in other respects too.
    pub struct GitRef = r"^[A-Za-z0-9*?][A-Za-z0-9._/*?@+#-]*$", "the name of a Git branch or tag, with `*` to match any characters";
}
