import json
import logging

import pytest
from django.core import signing

from config.logs import LineFormatter, without_keys


def logged(message: str, *values: object) -> dict[str, str]:
    record = logging.LogRecord("django.request", logging.WARNING, "", 1, message, values, None)
    return json.loads(LineFormatter().format(record))


def test_it_writes_one_object_a_line() -> None:
    line = LineFormatter().format(
        logging.LogRecord("django", logging.ERROR, "", 1, 'a\n{"level": "INFO"}', (), None)
    )
    assert "\n" not in line
    assert json.loads(line)["message"] == 'a\n{"level": "INFO"}'


@pytest.mark.parametrize(
    "path", ["/schools/get-info/receipt/{}/", "/accounts/link/{}/", "/schools/get-info/confirm/{}"]
)
def test_it_keeps_the_keys_of_mailed_links_out(path: str) -> None:
    for key in (signing.dumps({"id": 7}), "hGk3hdkLqpW9sjdkf03lSldk", signing.Signer().sign("7")):
        message = logged("%s: %s", "Gone", path.format(key))["message"]
        assert key not in message
        assert message == f"Gone: {path.format('(key)')}"


@pytest.mark.parametrize(
    "path",
    [
        "/careers/medical-and-health-services-managers/",
        "/schools/147767/northwestern-university-of-the-north/",
        "/careers/bakers/comments/k3v9q2w7x1/reply/",
        "/static/css/site.0123456789ab.css",
    ],
)
def test_it_leaves_other_addresses_readable(path: str) -> None:
    assert without_keys(f"Not Found: {path}") == f"Not Found: {path}"
