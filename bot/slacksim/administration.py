"""Actions of workspace owners: adding people, and creating, renaming or archiving channels."""

from collections.abc import Iterable, Mapping

from bot.slacksim import objects
from bot.slacksim.person import Person
from bot.slacksim.records import Records
from bot.slacksim.state import Channel, File, Json, Kind, User, UserGroup


class Administration(Records):
    def add_person(
        self,
        real_name: str,
        *,
        tz: str = "Europe/London",
        title: str = "",
        email: str | None = None,
        display_name: str = "",
        locale: str = "en-US",
        fields: Mapping[str, str] | None = None,
        is_admin: bool = False,
        is_owner: bool = False,
        is_guest: bool = False,
        is_single_channel_guest: bool = False,
        is_bot: bool = False,
        deactivated: bool = False,
        invited: bool = False,
        stranger: bool = False,
    ) -> Person:
        with self.changing():
            handle = self._free_handle(real_name.lower().replace(" ", "."))
            address = f"{handle}@{self.domain}.test" if email is None else email
            for label in fields or {}:
                self.add_profile_field(label)
            profile = objects.profile(real_name, display_name, title, address, dict(fields or {}))
            user = User(
                self.new_id("U"),
                self.new_id("T") if stranger else self.team_id,
                handle,
                real_name,
                profile,
                tz=tz,
                locale=locale,
                is_admin=is_admin or is_owner,
                is_owner=is_owner,
                is_restricted=is_guest or is_single_channel_guest,
                is_ultra_restricted=is_single_channel_guest,
                is_bot=is_bot,
                is_invited=invited,
                is_external=stranger,
                deleted=deactivated,
                updated=int(self.seconds()),
            )
            self.add_user(user)
            if not stranger:
                self.emit({"type": "team_join", "user": objects.user(self, user)})
        return Person(self, user)

    def _free_handle(self, handle: str) -> str:
        """Make handles unique with a number, as a directory would."""
        self._handles[handle] += 1
        return handle if self._handles[handle] == 1 else f"{handle}{self._handles[handle]}"

    def remove_profile_field(self, label: str) -> None:
        with self.lock:
            del self.profile_fields[label]

    def add_channel(
        self,
        name: str,
        *,
        members: Iterable[Person] = (),
        private: bool = False,
        with_bot: bool = True,
        shared: bool = False,
        general: bool = False,
    ) -> Channel:
        with self.changing():
            people = [each.id for each in members]
            creator = people[0] if people else self.bot_user_id
            channel = self.new_channel(name, Kind.PRIVATE if private else Kind.PUBLIC, people, creator)
            channel.is_shared, channel.is_general = shared, general
            if with_bot:
                self.let_in(channel, self.bot_user_id)
        return channel

    def add_user_group(self, handle: str, name: str, members: Iterable[Person] = ()) -> UserGroup:
        with self.lock:
            people = [each.id for each in members]
            group = UserGroup(self.new_id("S"), handle, name, people, int(self.seconds()))
            self.groups[group.id] = group
        return group

    def rename_user_group(self, group: UserGroup, name: str) -> None:
        with self.changing():
            group.name = name
            self._tell_of_group(group)

    def disable_user_group(self, group: UserGroup) -> None:
        with self.changing():
            group.is_disabled = True
            self._tell_of_group(group)

    def _tell_of_group(self, group: UserGroup) -> None:
        self.emit(
            {"type": "subteam_updated", "subteam": objects.user_group(group, self.team_id, count=True, users=True)}
        )

    def change_user_group(self, group: UserGroup, members: Iterable[Person]) -> None:
        with self.changing():
            before, group.members = group.members, [each.id for each in members]
            added = [each for each in group.members if each not in before]
            removed = [each for each in before if each not in group.members]
            self.emit(
                {
                    "type": "subteam_members_changed",
                    "subteam_id": group.id,
                    "team_id": self.team_id,
                    "date_previous_update": group.created,
                    "date_update": int(self.seconds()),
                    "added_users": added,
                    "added_users_count": len(added),
                    "removed_users": removed,
                    "removed_users_count": len(removed),
                }
            )

    def add_file(self, owner: Person, name: str, content: bytes) -> File:
        with self.lock:
            file = File(self.new_id("F"), name, owner.id, int(self.seconds()), content, len(content))
            file.is_uploaded = file.is_complete = True
            self.files[file.id] = file
        return file

    # Channels

    def archive(self, channel: Channel, by: Person | None = None) -> None:
        with self.changing():
            channel.is_archived = True
            self._tell_of(channel, "archive", {"channel": channel.id, "user": by.id if by else channel.creator})

    def unarchive(self, channel: Channel, by: Person | None = None) -> None:
        """Restore a channel. A private one keeps its members, a public one loses them (source: Slack's help)."""
        with self.changing():
            channel.is_archived = False
            self._tell_of(channel, "unarchive", {"channel": channel.id, "user": by.id if by else channel.creator})
            if not channel.is_private:
                self._empty(channel)
            if by is not None:
                self.let_in(channel, by.id)

    def _empty(self, channel: Channel) -> None:
        for user_id in channel.members:
            del self.conversations_of[user_id][channel.id]
        channel.members.clear()

    def rename(self, channel: Channel, name: str) -> None:
        with self.changing():
            self.channel_ids_by_name.pop(channel.name, None)
            channel.name, self.channel_ids_by_name[name] = name, channel.id
            shown = {"id": channel.id, "name": name, "created": channel.created}
            self._tell_of(channel, "rename", {"channel": shown})

    def make_private(self, channel: Channel) -> None:
        """Slack sends no event: the bot notices on its next lookup."""
        with self.lock:
            channel.kind = Kind.PRIVATE

    def delete_channel(self, channel: Channel) -> None:
        with self.changing():
            self._tell_of(channel, "deleted", {"channel": channel.id})
            for user_id in list(channel.members):
                del self.conversations_of[user_id][channel.id]
            del self.channels[channel.id]

    def restrict_posting(self, channel: Channel, *, is_restricted: bool = True) -> None:
        """Slack sends no event: the bot notices when a post is refused."""
        with self.lock:
            channel.only_some_may_post = is_restricted

    def invite_company(self, channel: Channel) -> None:
        """Invite another company to a channel. Slack sends the bot no event before it has accepted."""
        with self.lock:
            channel.has_invited_company = True

    def share_channel(self, channel: Channel) -> None:
        """Connect another company to the channel."""
        with self.changing():
            channel.is_shared, channel.has_invited_company = True, False
            if self.bot_user_id in channel.members:
                shared = {"type": "channel_shared", "channel": channel.id, "connected_team_id": self.new_id("T")}
                self.emit(shared, channel=channel)

    def add_bot(self, channel: Channel, by: Person | None = None) -> None:
        with self.changing():
            self.let_in(channel, self.bot_user_id, inviter=by.id if by else None)

    def remove_bot(self, channel: Channel) -> None:
        with self.changing():
            self.let_go(channel, self.bot_user_id)

    def change_channel_id(self, channel: Channel) -> None:
        """Change the id, as when a channel is shared with another company or unshared."""
        with self.changing():
            old_id, channel.id = channel.id, self.new_id("C")
            self.channels[channel.id] = self.channels.pop(old_id)
            self.channel_ids_by_name[channel.name] = channel.id
            for message in channel.by_ts.values():
                message.channel_id = channel.id
            for user_id in channel.members:
                del self.conversations_of[user_id][old_id]
                self.conversations_of[user_id][channel.id] = None
            self.emit({"type": "channel_id_changed", "old_channel_id": old_id, "new_channel_id": channel.id})

    def _tell_of(self, channel: Channel, what: str, event: Json) -> None:
        if self.bot_user_id in channel.members:
            family = "group" if channel.is_private else "channel"
            self.emit({"type": f"{family}_{what}"} | event, channel=channel)

    # The app

    def uninstall_app(self) -> None:
        with self.changing():
            self.emit({"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [self.bot_user_id]}})
            self.emit({"type": "app_uninstalled"})
            self.is_token_revoked = True
