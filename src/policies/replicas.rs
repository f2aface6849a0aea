//! The repository policies of replicas: ECR does not replicate policies (ECR user guide, "Private image replication").

use std::collections::BTreeMap;

use super::{Policies, repository};
use crate::iam::Document;

impl<'p> Policies<'p> {
    /// The repository policy of the replica in a region, if it has one.
    pub fn of_replica(&self, key: &str, region: &str) -> Option<&Document> {
        self.replicas.get(&(key, region)).map(|at| self.document(*at))
    }

    /// Adds the policy of each replica that the root module creates. Most are the policy of the repository itself: only a
    /// Lambda function is named with its region.
    pub(super) fn add_replicas(&mut self) {
        let entries = repository::entries(self.platform);
        let mut same: BTreeMap<Document, usize> = BTreeMap::new();
        for repository in &self.platform.repositories {
            let Some(home) = self.repositories.get(repository.key.as_str()).copied() else { continue };
            let entries = entries.get(repository.key.as_str()).map_or(&[][..], Vec::as_slice);
            for (region, _) in repository.replicas() {
                let (statements, sources) = repository::statements(self.platform, repository, region, entries);
                let document = Document::new(statements);
                let at = match document == self.documents[home].document {
                    true => home,
                    false => self.add_once(&mut same, document, sources),
                };
                if at != home {
                    self.documents[at].owners.push(format!("{} in {region}", repository.name));
                }
                self.replicas.insert((&repository.key, region), at);
            }
        }
    }
}
