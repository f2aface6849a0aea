"""Creates what piksel's specs expect to exist: an EKS cluster, its nodes' role, the developers' role, and the OIDC
providers of GitHub and of the cluster."""

import json

from client import client

iam, eks = client("iam"), client("eks")


def role(name, principal):
    statement = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": principal}
    trust = {"Version": "2012-10-17", "Statement": [statement]}
    return iam.create_role(RoleName=name, AssumeRolePolicyDocument=json.dumps(trust))["Role"]["Arn"]


role("piksel-nodes", {"Service": "ec2.amazonaws.com"})
role("Developer", {"AWS": "123456789012"})
cluster = eks.create_cluster(
    name="piksel",
    roleArn=role("piksel-cluster", {"Service": "eks.amazonaws.com"}),
    resourcesVpcConfig={"subnetIds": ["subnet-1", "subnet-2"]},
)
issuer = cluster["cluster"]["identity"]["oidc"]["issuer"]
for url in ["https://token.actions.githubusercontent.com", issuer]:
    iam.create_open_id_connect_provider(Url=url, ClientIDList=["sts.amazonaws.com"], ThumbprintList=["0" * 40])
print(json.dumps({"issuer": issuer.removeprefix("https://")}))
