"""Creates a bucket, or prints its keys and the addresses of the resources in its Terraform state."""

import json
import sys

from client import client

s3 = client("s3")
command, bucket = sys.argv[2:]
if command == "create":
    region = {"LocationConstraint": s3.meta.region_name}
    s3.create_bucket(Bucket=bucket, **({} if s3.meta.region_name == "us-east-1" else {"CreateBucketConfiguration": region}))
    print("{}")
else:
    keys = [found["Key"] for found in s3.list_objects_v2(Bucket=bucket).get("Contents", [])]
    states = [json.load(s3.get_object(Bucket=bucket, Key=key)["Body"]) for key in keys]
    resources = [resource for state in states for resource in state["resources"] if resource["mode"] == "managed"]
    print(json.dumps({"keys": keys, "resources": [f"{it['type']}.{it['name']}" for it in resources]}))
