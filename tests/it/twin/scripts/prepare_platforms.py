"""Creates what the specs of platforms expect to exist: the role of nodes, and the OIDC providers of the hosts in the other
arguments."""

import json
import sys

from client import client

iam = client("iam")
for host in sys.argv[2:]:
    iam.create_open_id_connect_provider(Url=f"https://{host}", ClientIDList=["sts.amazonaws.com"], ThumbprintList=["0" * 40])
statement = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "ec2.amazonaws.com"}}
trust = {"Version": "2012-10-17", "Statement": [statement]}
iam.create_role(RoleName="nodes", AssumeRolePolicyDocument=json.dumps(trust))
print(json.dumps({}))
