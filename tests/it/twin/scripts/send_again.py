"""Sends each write of Terraform again with other credentials, and prints as JSON how many there were, and which of them were not
refused. The arguments are the file that moto records all requests in, and the credentials."""

import base64
import json
import re
import sys

import requests
from asked import of_terraform, permission
from botocore.auth import S3SigV4Auth, SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

recording, *credentials = sys.argv[2:]
SENT = ["content-type", "x-amz-target"]


def send(request, headers):
    region, service = re.search(r"/([a-z0-9-]+)/([a-z0-9]+)/aws4_request", headers["authorization"]).groups()
    again = AWSRequest(
        method=request["method"],
        url=request["url"],
        data=base64.b64decode(request["body"] or ""),
        headers={name: headers[name] for name in SENT if name in headers},
    )
    signer = S3SigV4Auth if service == "s3" else SigV4Auth
    signer(Credentials(*credentials), service, region).add_auth(again)
    return requests.request(again.method, again.url, data=again.data, headers=dict(again.headers))


def is_write(action):
    return not re.match(r"[a-z0-9]+:(Describe|Get|List)", action)


writes = [(permission(*it), it) for it in of_terraform(recording)]
writes = [(action, it) for action, it in writes if is_write(action)]
answers = [(action, send(*it)) for action, it in writes]
refused = lambda answer: answer.status_code == 403 and "AccessDenied" in answer.text
allowed = [[action, answer.status_code, answer.text] for action, answer in answers if not refused(answer)]
print(json.dumps([len(answers), allowed]))
