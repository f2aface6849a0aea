"""Clients for the services of moto's account. The first argument is its address, and AWS_REGION names the region."""

import os
import sys

import boto3


def client(service):
    return boto3.client(
        service,
        endpoint_url=sys.argv[1],
        region_name=os.environ["AWS_REGION"],
        aws_access_key_id="test",
        aws_secret_access_key="test",
    )
