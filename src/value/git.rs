//! Git names.

use super::form::text;
use super::intended;

text! {
    /// The name of a Git branch or tag; `*` and `?` match as in `StringLike` of IAM.
    ///
    /// Spaces and `:` are not valid, as in git-check-ref-format. The form is stricter in other respects too.
    /// It does not begin with `refs/`, which ecrgen writes itself. The alternatives of the expression are the beginnings of
    /// other names.
    pub struct GitRef = r"^([A-Za-qs-z0-9*?][A-Za-z0-9._/*?@+#-]*|r([A-Za-df-z0-9._/*?@+#-][A-Za-z0-9._/*?@+#-]*)?|re([A-Za-eg-z0-9._/*?@+#-][A-Za-z0-9._/*?@+#-]*)?|ref([A-Za-rt-z0-9._/*?@+#-][A-Za-z0-9._/*?@+#-]*)?|refs([A-Za-z0-9._*?@+#-][A-Za-z0-9._/*?@+#-]*)?)$",
        "the name of a Git branch or tag, without `refs/…`, and with `*` to match any characters", intended by intended::forge::git_ref;
}
