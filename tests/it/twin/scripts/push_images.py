"""Pushes an image into the repository whose name is the second argument."""

import json
import sys

from client import client

manifest = {
    "schemaVersion": 2,
    "mediaType": "application/vnd.docker.distribution.manifest.v2+json",
    "config": {"mediaType": "application/vnd.docker.container.image.v1+json", "size": 2, "digest": "sha256:" + "1" * 64},
    "layers": [],
}
client("ecr").put_image(repositoryName=sys.argv[2], imageManifest=json.dumps(manifest), imageTag="v1.0.0")
print(json.dumps({}))
