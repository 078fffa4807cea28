"""Languages, people and actions of a new SampleDB, by its own functions. Objects come later, as its users make them."""

from sampledb.logic import action_permissions, action_translations, actions, authentication, languages, users
from sampledb.models import ActionType, Language, Permissions, UserType

types = {"sample": ActionType.SAMPLE_CREATION, "measurement": ActionType.MEASUREMENT}


def fill(contents):
    """`people`: name, login and password; `actions`: name, type and schema. German texts can be typed in."""
    german = languages.get_language(Language.GERMAN)
    members = ("names", "lang_code", "datetime_format_datetime", "datetime_format_moment")
    outputs = ("datetime_format_moment_output", "date_format_moment_output")
    kept = {member: getattr(german, member) for member in (*members, *outputs)}
    languages.update_language(german.id, **kept, enabled_for_input=True, enabled_for_user_interface=True)
    for person in contents["people"]:
        user = users.create_user(person["name"], f"{person['login']}@example.org", UserType.PERSON)
        authentication.add_other_authentication(user.id, person["login"], person["password"], confirmed=True)
    for action in contents["actions"]:
        made = actions.create_action(action_type_id=types[action["type"]], schema=action["schema"])
        action_translations.set_action_translation(Language.ENGLISH, made.id, action["name"], "")
        action_permissions.set_action_permissions_for_all_users(made.id, Permissions.READ)
