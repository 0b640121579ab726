"""What each role may do in Wagtail's editor: its groups are made from the roles of the house, never by hand."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from barnraise.foundation.roles import LEADS, WRITERS
from barnraise.plumbing.accounts.models import Account

PUBLISHERS, WRITERS_GROUP = "Website: publish", "Website: write"
PAGES = {
    PUBLISHERS: ("add", "change", "publish", "bulk_delete", "lock", "unlock"),
    WRITERS_GROUP: ("add", "change"),
}
MEDIA = {
    PUBLISHERS: ("add", "change", "delete", "choose"),
    WRITERS_GROUP: ("add", "choose"),
}


def _group_of(account: Account) -> str:
    if not account.is_active:
        return ""
    if account.role in LEADS:
        return PUBLISHERS
    return WRITERS_GROUP if account.role in WRITERS else ""


def arrange_groups() -> None:
    """The groups with what they may do, and every account in the one of its role. Done twice it changes nothing."""
    root = Page.get_first_root_node()
    library = Collection.get_first_root_node()
    whole = Permission.objects.filter(content_type__app_label="wagtailadmin", codename="access_admin")
    translate = Permission.objects.filter(codename="submit_translation")
    for name, acts in PAGES.items():
        group, _made = Group.objects.get_or_create(name=name)
        group.permissions.set([*whole, *translate])
        for one in _of("wagtailcore", "page", acts):
            GroupPagePermission.objects.get_or_create(group=group, page=root, permission=one)
        for label, model in (("wagtailimages", "image"), ("wagtaildocs", "document")):
            for one in _of(label, model, MEDIA[name]):
                GroupCollectionPermission.objects.get_or_create(
                    group=group, collection=library, permission=one
                )
    for account in Account.objects.filter(role__in=WRITERS):
        follow_role(account)


def remove_groups() -> None:
    """No groups; for an installation without a website."""
    Group.objects.filter(name__in=[PUBLISHERS, WRITERS_GROUP]).delete()


def _of(label: str, model: str, acts: tuple[str, ...]) -> list[Permission]:
    names = [f"{act}_{model}" for act in acts]
    return list(Permission.objects.filter(content_type__app_label=label, codename__in=names))


def follow_role(account: Any) -> None:
    """The account's groups become those of its role. Without a website there are no groups, and nothing happens."""
    wanted = Group.objects.filter(name=_group_of(account))
    if list(account.groups.values_list("pk", flat=True)) != list(wanted.values_list("pk", flat=True)):
        account.groups.set(wanted)
