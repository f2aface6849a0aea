"""Creates what the specs of platforms expect to exist: the role of nodes, and what the other arguments name, which are roles or the
hosts of OIDC providers."""

import json
import sys

from client import client

iam = client("iam")
hosts = [name for name in sys.argv[2:] if "." in name]
for host in hosts:
    iam.create_open_id_connect_provider(Url=f"https://{host}", ClientIDList=["sts.amazonaws.com"], ThumbprintList=["0" * 40])
statement = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "ec2.amazonaws.com"}}
trust = {"Version": "2012-10-17", "Statement": [statement]}
for role in ["nodes", *(name for name in sys.argv[2:] if name not in hosts)]:
    iam.create_role(RoleName=role, AssumeRolePolicyDocument=json.dumps(trust))
print(json.dumps({}))
