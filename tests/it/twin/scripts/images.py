"""Prints the names of the repositories that hold images."""

import json

from client import client

ecr = client("ecr")
names = [repository["repositoryName"] for repository in ecr.describe_repositories()["repositories"]]
print(json.dumps(sorted(name for name in names if ecr.list_images(repositoryName=name)["imageIds"])))
