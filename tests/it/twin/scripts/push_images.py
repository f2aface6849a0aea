"""Pushes an image into each repository whose name follows the address."""

import json
import sys

from client import client

manifest = {
    "schemaVersion": 2,
    "mediaType": "application/vnd.docker.distribution.manifest.v2+json",
    "config": {"mediaType": "application/vnd.docker.container.image.v1+json", "size": 2, "digest": "sha256:" + "1" * 64},
    "layers": [],
}
ecr = client("ecr")
for name in sys.argv[2:]:
    ecr.put_image(repositoryName=name, imageManifest=json.dumps(manifest), imageTag="v1.0.0")
print(json.dumps({}))
