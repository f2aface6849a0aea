//! Guard rails of a repository: what its policy denies, whatever other policies grant.

use crate::decode::record;
use crate::source::Spanned;
use crate::value::{AccessName, IpRange, VpcEndpointId, VpcId};

record! {
    /// What the repository policy denies to everyone except some access entries, whatever other policies grant.
    pub struct Deny {
        /// Who alone can download images. Default: no restriction. Example: `pull: { unless: [nodes, ci] }`.
        optional pull: Unless,
        /// Who alone can upload images. Default: no restriction. Example: `push: { unless: [ci] }`.
        optional push: Unless,
        /// Who alone can delete images with `BatchDeleteImage`. Lifecycle policies and Terraform are not restricted. Default: no
        /// restriction. Example: `delete: { unless: [cleanup] }`.
        optional delete: Unless,
    }
    at least one of [pull, push, delete]
}

record! {
    /// The exceptions of a denial.
    pub struct Unless {
        /// Access entries that the denial does not apply to. They still need a permission. AWS services and their
        /// service-linked roles are never denied. Required. Example: `unless: [ci]`.
        required unless: Vec<Spanned<AccessName>>,
    }
}

record! {
    /// Networks from which alone images can be downloaded, uploaded and deleted. With several keys, one of them must match.
    /// Requests that AWS services make, and Terraform, are not restricted.
    pub struct OnlyFrom {
        /// VPC endpoints of ECR (`com.amazonaws.REGION.ecr.api` and `.dkr`). Default: no VPC endpoints. Example: `vpc_endpoints: [vpce-0a1b2c3d4e5f67890]`.
        optional vpc_endpoints: Vec<Spanned<VpcEndpointId>>,
        /// VPCs whose VPC endpoints the requests come through. Default: no VPCs. Example: `vpcs: [vpc-0a1b2c3d4e5f67890]`.
        optional vpcs: Vec<Spanned<VpcId>>,
        /// Public IP addresses or ranges that the requests come from. Default: no IP addresses. Example: `ip_ranges: [203.0.113.0/24]`.
        optional ip_ranges: Vec<Spanned<IpRange>>,
    }
    at least one of [vpc_endpoints, vpcs, ip_ranges]
}
