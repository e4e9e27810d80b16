"""Data for machines inside a page."""

import json
from typing import Any

from django.utils.safestring import SafeString, mark_safe


def script_safe(value: dict[str, Any]) -> SafeString:
    """JSON that cannot end the script element it stands in."""
    text = json.dumps(value, ensure_ascii=False)
    for sign in "<>&":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return mark_safe(text)
