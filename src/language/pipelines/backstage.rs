//! The settings of the Backstage template that writes a pipeline into new repositories.

use crate::decode::record;
use crate::source::Spanned;
use crate::value::OwnerRef;

record! {
    /// A Software Template of Backstage that creates an application repository with the image pipeline.
    pub struct Backstage {
        /// Group or user in Backstage's catalog that owns the template. Required. Example: `owner: platform-team`.
        required owner: Spanned<OwnerRef>,
    }
}
