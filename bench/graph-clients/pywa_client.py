"""pywa against the sandbox, unchanged but for its address. Run by bench/graph-clients.sh."""
import os
import sys

import pywa
from pywa import WhatsApp, types
from pywa.types.templates import TemplateLanguage

base, token = os.environ["GRAPH_URL"], os.environ["GRAPH_TOKEN"]
wa = WhatsApp(phone_id=os.environ["PHONE_NUMBER_ID"], token=token, business_account_id=os.environ["WABA_ID"])
session = wa.api._session
session.base_url = f"{base}/v25.0/"
to, link, kept, failed, works = "12025550143", "https://www.example.com/picture.png", {}, [], 0


def keep(name, value):
    kept[name] = value


calls = {
    "text": lambda: keep("sent", wa.send_message(to=to, text="Hello")),
    "reply": lambda: wa.send_message(to=to, text="Again", reply_to_message_id=kept["sent"].id),
    "image": lambda: wa.send_image(to=to, image=link, caption="Look"),
    "document": lambda: wa.send_document(to=to, document=link, filename="a.pdf"),
    "location": lambda: wa.send_location(to=to, latitude=1.5, longitude=2.5, name="Shop", address="1 High Street"),
    "location_request": lambda: wa.request_location(to=to, text="Where?"),
    "reaction": lambda: wa.send_reaction(to=to, emoji="👍", message_id=kept["sent"].id),
    "buttons": lambda: wa.send_message(to=to, text="Well?", buttons=[types.Button(title="Yes", callback_data="y")]),
    "url_button": lambda: wa.send_message(to=to, text="See", buttons=types.URLButton(title="Open", url="https://www.example.com")),
    "read": lambda: wa.mark_message_as_read(message_id=os.environ["INBOUND_ID"]),
    "typing": lambda: wa.indicate_typing(message_id=os.environ["INBOUND_ID"]),
    "template": lambda: wa.send_template(to=to, name="hello_world", language=TemplateLanguage.ENGLISH_US),
    "templates": lambda: list(wa.get_templates()),
    "profile": lambda: wa.get_business_profile(),
    "number": lambda: wa.get_business_phone_number(),
    "account": lambda: wa.get_business_account(),
    "qr": lambda: wa.create_qr_code(prefilled_message="Hi"),
}
for name, call in calls.items():
    try:
        call()
        works += 1
    except Exception as failure:  # every kind is a result here
        failed.append(f"    {name}: {type(failure).__name__} {failure}"[:300])
print(f"{'pywa ' + pywa.__version__:<40} {works:>3} of {len(calls)}")
print("\n".join(failed), end="\n" if failed else "")
sys.exit(1 if failed else 0)
