"""What readers fill in. Whatever is wrong, the typed text comes back."""

import secrets
import time
from datetime import timedelta
from typing import Any, cast

from django import forms
from django.contrib.auth.models import AnonymousUser
from django.core import signing
from django.core.exceptions import NON_FIELD_ERRORS
from django.db import transaction
from django.http import QueryDict

from careers.models import Guide
from comments import following, limits, mentions, names, pictures, text
from comments.limits import TooOften
from comments.models import (
    Comment,
    Follow,
    GuideSection,
    Pace,
    Reader,
    Reason,
    Role,
    Suspension,
    Thread,
)
from comments.posting import Draft

OLD_ENOUGH = 13
FORM_LIFETIME = timedelta(hours=24)

AGAIN = "again-"

_stamps = signing.TimestampSigner(salt="comments.form")


def new_stamp(*, again: bool = False) -> str:
    """A signed key and time: a form is stored once, and tells how long it was open.

    Unless it comes back to be sent `again`: that takes a second, and its text was written before.
    """
    return _stamps.sign((AGAIN if again else "") + secrets.token_hex(12))


class ReadableErrors(forms.Form):
    """Marks wrong fields for screen readers; the templates do the rest."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        for name, field in self.fields.items():
            field.widget.attrs.setdefault("class", "input")
            if field.help_text:
                field.widget.attrs["aria-describedby"] = f"{self[name].auto_id}-hint"

    def summary(self) -> list[tuple[str, str]]:
        """(id of the field, what is wrong with it), in the order of the page."""
        order = [*self.fields, NON_FIELD_ERRORS]
        wrong = [(name, str(error)) for name in order for error in self.errors.get(name, [])]
        return [(self[name].auto_id if name in self.fields else "", error) for name, error in wrong]


class EmailField(forms.EmailField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label="E-mail address",
            max_length=254,
            widget=forms.EmailInput(attrs={"autocomplete": "email", "class": "input medium"}),
            error_messages={
                "required": "Enter your e-mail address.",
                "invalid": "Enter an e-mail address, such as name@example.com.",
            },
            **kwargs,
        )


class AgeField(forms.IntegerField):
    """Asked without saying what for: a hint at the limit would ask for another answer."""

    def __init__(self) -> None:
        super().__init__(
            label="Your age",
            min_value=1,
            max_value=120,
            widget=forms.NumberInput(attrs={"class": "input short", "inputmode": "numeric"}),
            error_messages={
                "required": "Enter your age in years.",
                "invalid": "Enter your age in years, as a number.",
                "min_value": "Enter your age in years.",
                "max_value": "Enter your age in years.",
            },
        )


class NameField(forms.CharField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label="Your name here",
            # Longer than a name may be: names.py says so in words.
            max_length=200,
            widget=forms.TextInput(attrs={"class": "input medium", "autocomplete": "nickname"}),
            error_messages={"required": "Choose a name to stand beside your comments."},
            **kwargs,
        )


class AskedAge(ReadableErrors):
    """A form that asks for the age once a browser."""

    def __init__(self, *args: Any, age_known: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if age_known and "age" in self.fields:
            del self.fields["age"]

    @property
    def too_young(self) -> bool:
        age = getattr(self, "cleaned_data", {}).get("age")
        return age is not None and age < OLD_ENOUGH


class SignInForm(AskedAge):
    email = EmailField(help_text="We send a code there. There is no password.")
    age = AgeField()


class NameForm(ReadableErrors):
    name = NameField(help_text="Everybody sees it beside your comments.")

    def __init__(self, *args: Any, reader: Reader, **kwargs: Any) -> None:
        super().__init__(*args, initial={"name": reader.display_name}, **kwargs)
        self.reader = reader

    def clean_name(self) -> str:
        return names.clean_name(self.cleaned_data["name"], self.reader)


class PictureForm(ReadableErrors):
    """Cleaned, the picture is the small one that is kept."""

    picture = forms.FileField(
        label="A picture",
        help_text="JPEG, PNG, WebP or GIF, at most 5 MB. We keep its middle square, 96 pixels"
        " wide, and nothing else that the file says, such as where it was taken.",
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/gif"}),
        error_messages={
            "required": "Choose a picture first.",
            "invalid": "Choose a picture first.",
            "missing": "Choose a picture first.",
            "empty": "This file is empty. Choose another one.",
        },
    )

    def __init__(self, *args: Any, reader: Reader, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reader = reader
        self.limit: TooOften | None = None

    def clean_picture(self) -> bytes:
        """Decoding takes the server's time, so each try is counted before it."""
        if ended := Suspension.objects.of(self.reader):
            raise forms.ValidationError(said_about_suspension(ended))
        upload = self.cleaned_data["picture"]
        if upload.size > pictures.LARGEST_UPLOAD:
            raise forms.ValidationError("Choose a file of at most 5 MB.")
        try:
            limits.count(limits.for_pictures(self.reader))
            return pictures.made_small(upload.read())
        except TooOften as limit:
            self.limit = limit
            raise forms.ValidationError(limit.words) from limit
        except pictures.NotAPicture as why:
            raise forms.ValidationError(str(why)) from why


class CommentForm(AskedAge):
    """A comment by a reader, or by a visitor who proves the address afterwards."""

    text = forms.CharField(
        label="Your comment",
        strip=False,
        help_text="Talk about the work, the pay or the way in."
        " Please leave out names of patients and co-workers.",
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": "Write something first."},
    )
    role = forms.ChoiceField(
        label="I am",
        choices=Role,
        required=False,
        help_text="Shown beside your name.",
        widget=forms.Select(attrs={"class": "input medium"}),
    )
    section = forms.ChoiceField(
        label="About",
        choices=GuideSection,
        required=False,
        widget=forms.Select(attrs={"class": "input medium"}),
    )
    name = NameField(help_text="Everybody sees it beside your comments.")
    email = EmailField(
        help_text="Never shown. We send a code there; your comment goes on once you enter it."
    )
    age = AgeField()
    follow = forms.BooleanField(
        label="Mail me when somebody answers",
        required=False,
        widget=forms.CheckboxInput(attrs={"class": ""}),
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
        self,
        data: Any = None,
        *,
        reader: Reader | AnonymousUser,
        guide: Guide,
        parent: Comment | None = None,
        editing: Comment | None = None,
        age_known: bool = False,
    ) -> None:
        self.reader, self.guide, self.parent, self.editing = reader, guide, parent, editing
        self.taken_out: list[str] = []
        initial = {"stamp": new_stamp()}
        if editing:
            initial |= {"text": editing.source, "role": editing.role, "section": editing.section}
        about = parent or editing  # several forms may be open on one page
        super().__init__(
            self._repaired(data),
            initial=initial,
            age_known=age_known,
            auto_id=f"{about.public_id}-%s" if about else "new-%s",
        )
        self._drop_what_is_known()

    def clean_text(self) -> str:
        typed: str = self.cleaned_data["text"]
        if text.looks_empty(typed):
            raise forms.ValidationError("There is nothing to see in this text. Write something.")
        if len(typed) > text.LONGEST:
            raise forms.ValidationError(
                f"This has {len(typed):,} characters; a comment holds {text.LONGEST:,}."
                " Shorten it, or send it as two."
            )
        if self.taken_out:
            again = " Check the text below and send it again."
            raise forms.ValidationError(" ".join(self.taken_out) + again)
        return typed

    def clean_name(self) -> str:
        return names.clean_name(self.cleaned_data["name"])

    def clean_stamp(self) -> str:
        """A form that is too old, or not ours, is sent again; its text is kept."""
        stamp = self.cleaned_data["stamp"] or ""
        try:
            self.key = _stamps.unsign(stamp, max_age=FORM_LIFETIME)
        except signing.BadSignature as error:
            self._stamp_again(was_ours=isinstance(error, signing.SignatureExpired))
            raise forms.ValidationError(
                "This form was open too long. Your text is still here: send it again."
            ) from None
        self.seconds = None if self.key.startswith(AGAIN) else _seconds_open(stamp)
        return stamp

    def clean(self) -> dict[str, Any]:
        if isinstance(self.reader, Reader) and (ended := Suspension.objects.of(self.reader)):
            raise forms.ValidationError(said_about_suspension(ended))
        if not self.editing and Thread.objects.of(self.guide).is_closed:
            raise forms.ValidationError("This thread is closed. Your text is kept below; copy it.")
        if self.parent and self.parent.guide_id != self.guide.pk:
            raise forms.ValidationError("The comment you answer belongs to another guide.")
        if self.parent and not self.parent.is_published:
            raise forms.ValidationError(
                "The comment you answer is not there any more. You can post yours as a new one."
            )
        return self.cleaned_data

    def draft(self) -> Draft:
        return Draft(
            source=self.cleaned_data["text"],
            key=self.key,
            role=self.cleaned_data["role"],
            section=self.cleaned_data.get("section", ""),
            parent=self.parent,
            form_seconds=self.seconds,
            trapped=bool(self.cleaned_data["website"]),
            follow=self.cleaned_data.get("follow", False),
        )

    def preview(self) -> str:
        """The text as it would stand, whatever else is missing in the form."""
        source = self["text"].value() or ""
        author = self.reader if isinstance(self.reader, Reader) else None
        parent = self.editing.parent if self.editing else self.parent
        return mentions.render(source, mentions.find(source, author, parent, self.guide.pk))

    def _repaired(self, data: Any) -> Any:
        """The posted data with a tidy text, so that what comes back can be sent as it is."""
        if data is None:
            return None
        data = data.copy()
        tidied, self.taken_out = text.tidy(data.get("text", ""))
        data["text"] = tidied
        return data

    def _drop_what_is_known(self) -> None:
        known = {"section"} if self.parent or (self.editing and self.editing.parent_id) else set()
        known |= {"follow"} if self.editing else set()
        if isinstance(self.reader, Reader):
            known |= {"email", "age"} | ({"name"} if self.reader.display_name else set())
        for name in known & set(self.fields):
            del self.fields[name]

    def _stamp_again(self, *, was_ours: bool) -> None:
        cast(QueryDict, self.data)["stamp"] = new_stamp(again=was_ours)


class FollowForm(ReadableErrors):
    pace = forms.ChoiceField(
        label="How soon?",
        choices=Pace,
        widget=forms.RadioSelect(attrs={"class": ""}),
        error_messages={
            "required": "Choose how soon you want to hear.",
            "invalid_choice": "Choose how soon you want to hear.",
        },
    )


class MailForm(ReadableErrors):
    """All that a reader hears of by mail; an empty pace stops it."""

    mention_mail = forms.ChoiceField(
        label="When somebody writes my name",
        choices=[("", "No mail"), *Pace.choices],
        required=False,
        widget=forms.Select(attrs={"class": "input medium"}),
    )

    def __init__(self, *args: Any, reader: Reader, **kwargs: Any) -> None:
        super().__init__(*args, initial={"mention_mail": reader.mention_mail}, **kwargs)
        self.reader = reader
        follows = reader.follows.select_related("guide", "comment").order_by("-created")
        self.follows = {f"follow-{one.pk}": one for one in follows}
        for name, one in self.follows.items():
            self.fields[name] = forms.ChoiceField(
                label=f"How soon: {following.in_words(one)}",
                choices=[*Pace.choices, ("", "Stop")],
                required=False,
                initial=one.pace,
                widget=forms.Select(attrs={"class": "input"}),
            )

    def rows(self) -> list[tuple[Follow, str, forms.BoundField]]:
        """(what is followed, its words, the field that says how soon)."""
        return [(one, following.in_words(one), self[name]) for name, one in self.follows.items()]

    @transaction.atomic
    def save(self) -> None:
        """A field that was not sent changes nothing: only an empty choice stops."""
        self.reader.mention_mail = self.cleaned_data["mention_mail"]
        self.reader.save(update_fields=["mention_mail"])
        for name, one in self.follows.items():
            if name in self.data and self.cleaned_data[name] != one.pace:
                following.follow(self.reader, one.guide_id, one.comment, self.cleaned_data[name])


class ReportForm(ReadableErrors):
    reason = forms.ChoiceField(
        label="What is wrong with it?",
        choices=[choice for choice in Reason.choices if choice[0]],
        widget=forms.RadioSelect(attrs={"class": ""}),
        error_messages={"required": "Choose what is wrong with it."},
    )
    text = forms.CharField(
        label="Anything the moderator should know",
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class AppealForm(ReadableErrors):
    text = forms.CharField(
        label="Why should it be public?",
        max_length=500,
        help_text="Up to 500 characters. Only moderators read this.",
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say why, in a sentence or two."},
    )


def said_about_suspension(suspension: Suspension) -> str:
    """The author is always told, and why."""
    when = suspension.in_words
    reason = f" The reason: {suspension.get_reason_display().lower()}." if suspension.reason else ""
    return f"A moderator decided that you cannot write {when}.{reason} Your text is kept below."


def _seconds_open(stamp: str) -> float:
    """Whole seconds are all a stamp holds."""
    _, signed_at, _ = stamp.rsplit(":", 2)
    return time.time() - signing.b62_decode(signed_at)
