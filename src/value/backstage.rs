//! Names in the catalog of Backstage.

use super::form::text;

text! {
    /// A reference to a group or user in the catalog of Backstage (Backstage documentation, "Entity References"; "Descriptor
    /// Format of Catalog Entities", `name`).
    pub struct OwnerRef = "^((group|user):)?([a-z0-9]+(-[a-z0-9]+)*/)?[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$",
        "a group or user in Backstage's catalog, such as `platform-team` or `user:default/jane`",
        if missing "add a group or user in Backstage's catalog, for example `owner: platform-team`";
}
