import pytest
from django.core.cache import cache
from django.core.management import call_command

from config.management.commands import housekeeping

pytestmark = pytest.mark.django_db


def test_it_does_each_chore_even_after_one_has_failed(monkeypatch, caplog):
    done = []

    def fail():
        raise RuntimeError("the mail server is down")

    chores = (("fail", fail), ("work", lambda: done.append("work")))
    monkeypatch.setattr(housekeeping, "CHORES", chores)
    assert housekeeping.do_chores()
    assert done == ["work"]
    assert "housekeeping: fail failed" in caplog.text


def test_it_leaves_the_chores_to_the_process_that_is_at_it(monkeypatch, capsys):
    done = []
    monkeypatch.setattr(housekeeping, "CHORES", (("work", lambda: done.append("work")),))
    cache.set(housekeeping.LEASE, "another", 60)
    call_command("housekeeping")
    assert done == []
    assert "Another process" in capsys.readouterr().out
    cache.delete(housekeeping.LEASE)


def test_it_gives_the_lease_back(monkeypatch):
    monkeypatch.setattr(housekeeping, "CHORES", ())
    assert housekeeping.do_chores()
    assert housekeeping.do_chores()


def test_it_knows_the_real_chores():
    assert len(housekeeping.CHORES) > 1
    assert all(callable(chore) for _, chore in housekeeping.CHORES)
