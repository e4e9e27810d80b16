"""What Get Info asks. Whatever is wrong, the typed text comes back."""

import re
import secrets
from datetime import timedelta
from enum import Enum
from typing import Any, cast

from django import forms
from django.core import signing
from django.http import QueryDict

from schoolfinder.asking import Asking, Recipient
from schoolfinder.awards import GROUP_OF, AwardGroup
from schoolfinder.letters import Answers, Letter, letter
from schoolfinder.models import Inquiry

FORM_LIFETIME = timedelta(hours=24)
LONGEST_QUESTION = 1000

_stamps = signing.TimestampSigner(salt="schoolfinder.get_info")


class AgeGroup(Enum):
    YOUNG = "young"  # under 13: nothing is kept
    MINOR = "minor"  # 13 to 17: no phone number
    ADULT = "adult"


def new_stamp() -> str:
    """A signed key and time: a form is stored once."""
    return _stamps.sign(secrets.token_hex(12))


class MarkedForm(forms.Form):
    """Joins fields with their hints and errors for screen readers, and lists what is wrong."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        for name, field in self.fields.items():
            field.widget.attrs.setdefault("class", "input medium")
            if field.help_text:
                field.widget.attrs["aria-describedby"] = f"{self[name].auto_id}-hint"

    def summary(self) -> list[tuple[str, str]]:
        """(id of the field, what is wrong with it), in the order of the page."""
        return [
            (self.target(name), str(error))
            for name in self.fields
            for error in self.errors.get(name, [])
        ]

    def target(self, name: str) -> str:
        return self[name].auto_id


class AgeForm(MarkedForm):
    """Asked without saying what for: a hint at the limit would ask for another answer."""

    age = forms.IntegerField(
        label="Your age",
        min_value=1,
        max_value=120,
        widget=forms.NumberInput(attrs={"class": "input short", "inputmode": "numeric"}),
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"),
            "Enter your age in years, as a number.",
        ),
    )

    @property
    def group(self) -> AgeGroup:
        age: int = self.cleaned_data["age"]
        if age < 13:
            return AgeGroup.YOUNG
        return AgeGroup.MINOR if age < 18 else AgeGroup.ADULT


class GetInfoForm(MarkedForm):
    """As little as a school needs to answer; the phone number comes last, and not from minors."""

    first_name = forms.CharField(
        label="First name",
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
        error_messages={"required": "Enter your first name."},
    )
    email = forms.EmailField(
        label="E-mail",
        max_length=254,
        help_text="We send a link first. Schools get nothing until you open it and agree.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": "Enter your e-mail address.",
            "invalid": "Enter an e-mail address with an @, like ana@example.org.",
        },
    )
    zip = forms.CharField(
        label="ZIP code",
        max_length=10,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "postal-code",
                "inputmode": "numeric",
                "class": "input short",
            }
        ),
        error_messages={"required": "Enter your ZIP code."},
    )
    level = forms.ChoiceField(
        label="Level you want",
        choices=[("", "Choose a level"), *AwardGroup.choices],
        error_messages={"required": "Choose the level you want."},
    )
    start = forms.ChoiceField(
        label="When you might start",
        choices=[("", "Not sure"), *Inquiry.Start.choices],
        required=False,
    )
    question = forms.CharField(
        label="Your question",
        max_length=LONGEST_QUESTION,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "class": "input"}),
        error_messages={
            "max_length": "This has %(show_value)s characters; a question holds %(limit_value)s."
        },
    )
    phone = forms.CharField(
        label="Phone",
        max_length=30,
        required=False,
        help_text="You get the information without it. Schools answer by e-mail.",
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    schools = forms.MultipleChoiceField(
        label="Which schools may have this?",
        error_messages={"required": "Tick the box of at least one school."},
    )
    # Nobody sees this field; programs fill it.
    website = forms.CharField(
        label="Leave this field empty",
        required=False,
        max_length=2000,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )
    stamp = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)

    def __init__(
        self, data: QueryDict | None = None, *, asking: Asking, is_minor: bool, **kwargs: Any
    ) -> None:
        self.asking, self.is_minor = asking, is_minor
        first = asking.recipients[0].program
        initial = {"stamp": new_stamp(), "level": GROUP_OF[first.award].value}
        initial |= kwargs.pop("initial", {})
        super().__init__(
            data.copy() if data is not None else None, initial=initial, auto_id="%s", **kwargs
        )
        choices = [(one.value, one.school.name) for one in asking.recipients]
        cast(forms.MultipleChoiceField, self.fields["schools"]).choices = choices
        if is_minor:
            del self.fields["phone"]
        if not asking.has_partner:
            self._ask_for_a_letter()

    @classmethod
    def typed(cls, data: QueryDict, *, asking: Asking, is_minor: bool) -> "GetInfoForm":
        """With what was typed so far and no complaints: for the preview."""
        typed: dict[str, Any] = {
            name: data.get(name, "") for name in cls.base_fields if name in data
        }
        typed["schools"] = data.getlist("schools")
        return cls(asking=asking, is_minor=is_minor, initial=typed)

    def clean_first_name(self) -> str:
        return " ".join(self.cleaned_data["first_name"].split())

    def clean_zip(self) -> str:
        """The nine digits of ZIP+4 would say more than a school needs."""
        text: str = self.cleaned_data["zip"]
        if found := re.fullmatch(r"([0-9]{5})(?:-[0-9]{4})?", text):
            return found[1]
        raise forms.ValidationError("Enter a ZIP code of five digits, like 60614.")

    def clean_phone(self) -> str:
        text: str = self.cleaned_data["phone"]
        digits = re.sub(r"[^0-9]", "", text)
        if text and (not 10 <= len(digits) <= 15 or re.search(r"[^0-9+(). x/-]", text)):
            raise forms.ValidationError("Enter a phone number with its area code, or leave it out.")
        return text

    def clean_stamp(self) -> str:
        """A form that is too old, or not ours, is sent again; what was typed is kept."""
        try:
            self.key = _stamps.unsign(self.cleaned_data["stamp"] or "", max_age=FORM_LIFETIME)
        except signing.BadSignature:
            cast(QueryDict, self.data)["stamp"] = new_stamp()
            raise forms.ValidationError(
                "This form was open too long. What you typed is still here: send it again."
            ) from None
        return str(self.cleaned_data["stamp"])

    def target(self, name: str) -> str:
        """A group of boxes has no id of its own: its first box."""
        if name == "schools":
            return f"school-{self.asking.recipients[0].value}"
        return "" if name == "stamp" else super().target(name)

    @property
    def is_trapped(self) -> bool:
        return bool(self.cleaned_data["website"])

    @property
    def chosen(self) -> list[Recipient]:
        return self.asking.chosen(self.cleaned_data["schools"])

    @property
    def answers(self) -> Answers:
        """Once the form is valid."""
        values = self.cleaned_data
        return Answers(
            first_name=values["first_name"],
            email=values["email"],
            zip=values["zip"],
            level=values["level"],
            start=values["start"],
            question=values["question"],
            phone=values.get("phone", ""),
        )

    def previews(self) -> list[Letter]:
        """What each school would receive of what was typed so far, right or wrong."""
        typed = {name: self._value(name) for name in Answers.__dataclass_fields__}
        answers = Answers(**typed)
        return [
            letter(answers, self.asking.interest, one.program)
            for one in self.asking.recipients
            if one.is_partner
        ]

    def is_ticked(self, recipient: Recipient) -> bool:
        return recipient.value in (self["schools"].value() or [])

    def _value(self, name: str) -> str:
        return str(self[name].value() or "").strip() if name in self.fields else ""

    def _ask_for_a_letter(self) -> None:
        """Nobody receives anything from us, so the address is for the letter alone."""
        self.fields["email"].required = False
        self.fields["email"].help_text = "Stands below your letter. We do not keep it."
        if "phone" in self.fields:
            self.fields["phone"].help_text = "Stands below your letter. We do not keep it."
        self.fields["schools"].label = "Which letters shall we write?"
