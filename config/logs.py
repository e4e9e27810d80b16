"""One JSON object a line, so that nothing in a request can forge a line of the log."""

import json
import logging
import re

# Links in mails carry a key in their path. Slugs and public ids have no such part: those have no
# capitals or colons, or are shorter.
_KEY_IN_PATH = re.compile(r"/(?=[\w:.=-]*[A-Z:])[\w:.=-]{16,}")


class LineFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": self.formatTime(record),
            "level": record.levelname,
            "logger": record.name,
            "message": without_keys(record.getMessage()),
        }
        if record.exc_info:
            line["traceback"] = without_keys(self.formatException(record.exc_info))
        return json.dumps(line)


def without_keys(text: str) -> str:
    """Who reads the log must not be able to open what was mailed to somebody."""
    return _KEY_IN_PATH.sub("/(key)", text)
