"""A guide, the codes it covers, its official text, its other names and its neighbours."""

from typing import Self

from django.db import models
from django.db.models import F, OuterRef, Prefetch, Q, Subquery
from django.urls import reverse

from careers.models.editions import Edition
from careers.models.taxonomy import Topic


class OfficialGroup(models.Model):
    """One of the handbook's 25 groups ("Healthcare"); only a fallback for browsing."""

    slug = models.SlugField(max_length=60, unique=True)  # as in BLS's addresses
    title = models.CharField(max_length=80)
    # Where a guide of this group goes that nobody has sorted yet.
    default_topic = models.ForeignKey(
        Topic, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title


class GuideQuerySet(models.QuerySet["Guide"]):
    def current(self) -> Self:
        """Guides of the newest edition; a retired one keeps its page but leaves the lists."""
        return self.filter(retired_at=None)

    def with_topic(self) -> Self:
        return self.select_related("topic__cluster", "plain")

    def with_newest_figures(self) -> Self:
        """Each guide with `newest_figures`, a list of at most one Figures, in one query more."""
        from careers.models.figures import Figures

        return self.prefetch_related(
            Prefetch(
                "figures",
                queryset=Figures.objects.of_newest_edition().select_related("edition"),
                to_attr="newest_figures",
            )
        )

    def in_cluster(self, slug: str) -> Self:
        return self.filter(Q(topic__cluster__slug=slug) | Q(topics__cluster__slug=slug)).distinct()

    def in_topic(self, slug: str) -> Self:
        return self.filter(Q(topic__slug=slug) | Q(topics__slug=slug)).distinct()

    def at_slug(self, slug: str) -> Self:
        """The guide that has, or once had, this address."""
        return self.filter(Q(slug=slug) | Q(former_slugs__slug=slug)).distinct()

    def covering(self, soc: str) -> Self:
        return self.filter(codes__soc=soc).distinct()

    def with_newest_codes(self) -> Self:
        """Each guide with `newest_codes`, its GuideCodes in the newest edition that has any."""
        newest = (
            GuideCode.objects.filter(guide=OuterRef("guide"))
            .order_by("-edition__base_year")
            .values("edition")[:1]
        )
        codes = GuideCode.objects.filter(edition=Subquery(newest))
        return self.prefetch_related(Prefetch("codes", queryset=codes, to_attr="newest_codes"))

    def similar_to(self, guides: "list[Guide]") -> Self:
        """What the handbook lists as similar, in the newest edition that lists any for a guide."""
        newest = (
            SimilarGuide.objects.filter(guide=OuterRef("guide"))
            .order_by("-edition__base_year")
            .values("edition")[:1]
        )
        links = SimilarGuide.objects.filter(guide__in=guides, edition=Subquery(newest))
        return self.filter(pk__in=links.values("similar"))

    def named(self, words: list[str]) -> Self:
        """Guides whose title, singular or other job title is one of the words, any case."""
        is_name = Q(pk__in=JobTitle.objects.saying(words).values("guide"))
        for word in words:
            is_name |= Q(title__iexact=word) | Q(singular__iexact=word)
        return self.filter(is_name)


class Guide(models.Model):
    """The page of one handbook profile.

    Keys that hold across editions: the digits of BLS's profile number (the letter before them
    changes) and the slug. The title changes, and the slug is BLS's history, not the title's.
    """

    profile = models.CharField(max_length=3, unique=True)  # "035"
    slug = models.SlugField(max_length=100, unique=True)
    title = models.CharField(max_length=120)
    singular = models.CharField(max_length=120, blank=True)  # "Athletic Trainer"
    group = models.ForeignKey(OfficialGroup, on_delete=models.PROTECT, related_name="guides")
    topic = models.ForeignKey(
        Topic, on_delete=models.PROTECT, null=True, blank=True, related_name="primary_guides"
    )
    topics = models.ManyToManyField(Topic, blank=True, related_name="guides")
    video_url = models.URLField(blank=True)
    last_changed = models.DateField(null=True, blank=True)  # the profile's own publish date
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = GuideQuerySet.as_manager()

    class Meta:
        ordering = ["title"]
        constraints = [
            models.CheckConstraint(
                condition=Q(profile__regex=r"^[0-9]{3}$"), name="guide_profile_digits"
            )
        ]
        indexes = [models.Index(fields=["title"], name="guide_title")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("careers:guide", args=[self.slug])

    @property
    def official_url(self) -> str:
        return f"https://www.bls.gov/ooh/{self.group.slug}/{self.slug}.htm"


class FormerSlug(models.Model):
    """An address that a guide once had: it redirects."""

    slug = models.SlugField(max_length=100, unique=True)
    guide = models.ForeignKey(Guide, on_delete=models.CASCADE, related_name="former_slugs")

    def __str__(self) -> str:
        return self.slug


class GuideCode(models.Model):
    """A SOC code that a guide covers in an edition. The first listed is not the main one."""

    guide = models.ForeignKey(Guide, on_delete=models.CASCADE, related_name="codes")
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="codes")
    soc = models.CharField(max_length=7)  # "11-9111"; ten of the 603 are BLS's own or broad
    title = models.CharField(max_length=160, blank=True)

    class Meta:
        ordering = ["soc"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "soc"], name="guidecode_soc_once_an_edition"
            ),
            models.CheckConstraint(
                condition=Q(soc__regex=r"^[0-9]{2}-[0-9]{4}$"), name="guidecode_soc_form"
            ),
        ]
        indexes = [models.Index(fields=["soc"], name="guidecode_soc")]

    def __str__(self) -> str:
        return self.soc


class JobTitleQuerySet(models.QuerySet["JobTitle"]):
    def saying(self, words: list[str]) -> Self:
        """Exactly one of the words, any case; by initial, so that the index can help."""
        is_title = Q(pk__in=[])
        for word in words:
            initial = word[:1].upper() if word[:1].isalpha() else "#"
            is_title |= Q(initial=initial, title__iexact=word)
        return self.filter(is_title, source__in=JobTitle.Source.values)


class JobTitle(models.Model):
    """Another name of the work ("CPA"): it leads to a guide, and feeds search and the A–Z."""

    class Source(models.TextChoices):
        HANDBOOK = "handbook", "Handbook A–Z"
        ONET = "onet", "O*NET"
        FAMILIAR = "familiar", "Our own familiar words"

    guide = models.ForeignKey(Guide, on_delete=models.CASCADE, related_name="job_titles")
    source = models.CharField(max_length=10, choices=Source)
    title = models.CharField(max_length=200)
    initial = models.CharField(max_length=1)  # A–Z page; "#" for a digit
    soc = models.CharField(max_length=7, blank=True)  # where the source says

    objects = JobTitleQuerySet.as_manager()

    class Meta:
        ordering = ["title"]
        constraints = [
            models.UniqueConstraint(
                fields=["guide", "source", "title"], name="jobtitle_once_a_source"
            )
        ]
        indexes = [models.Index(fields=["source", "initial", "title"], name="jobtitle_az")]

    def __str__(self) -> str:
        return self.title


class Section(models.Model):
    """The handbook's official text of one section, cleaned to a small set of tags."""

    class Key(models.TextChoices):
        """In page order, with our headings."""

        WHAT = "what", "What they do"
        WHERE = "where", "Where they work"
        BECOME = "become", "How to become one"
        PAY = "pay", "Pay"
        OUTLOOK = "outlook", "Job outlook"
        MORE = "more", "Where to learn more"

    guide = models.ForeignKey(Guide, on_delete=models.CASCADE, related_name="sections")
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="sections")
    key = models.CharField(max_length=10, choices=Key)
    title = models.CharField(max_length=160)  # the handbook's own heading
    summary = models.TextField(blank=True)  # plain text
    html = models.TextField()
    words = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["guide", "edition", "key"], name="section_once_an_edition"
            )
        ]

    def __str__(self) -> str:
        return f"{self.guide_id} {self.key}"


class SimilarGuide(models.Model):
    """The handbook's "similar occupations": directed, and often not answered."""

    guide = models.ForeignKey(Guide, on_delete=models.CASCADE, related_name="similar_links")
    similar = models.ForeignKey(Guide, on_delete=models.CASCADE, related_name="similar_to")
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="similar_links")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["guide", "edition", "similar"], name="similarguide_once"
            ),
            models.CheckConstraint(
                condition=~Q(guide=F("similar")), name="similarguide_not_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.guide_id} → {self.similar_id}"
