"""pywa against the sandbox, unchanged but for its address: calls, its own template examples, its typed errors, and the sandbox's webhooks read by it.

Run by bench/graph-clients.sh. PYWA_SOURCE names a checkout, whose template examples are then created, too.
"""
import http.server
import json
import os
import pathlib
import queue
import sys
import tempfile
import threading
import time
import urllib.request
import warnings

import httpx
import pywa
from pywa import WhatsApp, errors, types
from pywa.types import templates as t

warnings.simplefilter("ignore")
base, token, waba = os.environ["GRAPH_URL"], os.environ["GRAPH_TOKEN"], os.environ["WABA_ID"]
phone, app, secret = os.environ["PHONE_NUMBER_ID"], f"5{waba}", "sandbox-app-secret-riverside"
control, control_token = base.replace("/graph", "/control"), os.environ["WhatsApp__Sandbox__ControlToken"]


class Sandbox(httpx.HTTPTransport):
    """Sends to the sandbox what pywa sends to an address of its own."""

    def handle_request(self, request):
        if request.url.host.endswith("facebook.com"):
            request.url = httpx.URL(base + request.url.raw_path.decode())
            request.headers["Host"] = request.url.netloc.decode()
        return super().handle_request(request)


def client(**more):
    return WhatsApp(session=httpx.Client(transport=Sandbox(), timeout=30), **more)


wa = client(phone_id=phone, token=token, waba_id=waba, business_portfolio_id="3" + waba, app_id=app, app_secret=secret)
to, link, kept, results = "12025550143", "https://www.example.com/picture.png", {}, []
png = bytes.fromhex("89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082")


def keep(name, value):
    kept[name] = value
    return value


def attempt(group, name, call):
    try:
        call()
        results.append((group, name, None))
    except Exception as failure:  # every kind is a result here
        results.append((group, name, f"{type(failure).__name__} {failure}"[:300]))


def expect(condition, what="the answer is not as expected"):
    if not condition:
        raise AssertionError(what)


def ask_control(path, body, method="POST"):
    asked = urllib.request.Request(f"{control}/{path}", method=method, data=json.dumps(body).encode(),
                                   headers={"Authorization": f"Bearer {control_token}", "Content-Type": "application/json"})
    with urllib.request.urlopen(asked, timeout=10) as answer:
        text = answer.read()
        return json.loads(text) if text else None


def template(name, *components, category=t.TemplateCategory.MARKETING, **more):
    return t.Template(name=name, language=t.TemplateLanguage.ENGLISH_US, category=category, components=list(components), **more)


def section_list():
    return types.SectionList(button_title="Choose", sections=[types.Section(title="Sizes", rows=[
        types.SectionRow(title="Small", callback_data="s", description="36 to 38"), types.SectionRow(title="Large", callback_data="l")])])


calls = {
    "text": lambda: keep("sent", wa.send_message(to=to, text="Hello", preview_url=True, tracker="t-1")),
    "text to a number": lambda: wa.send_message(to=int(to), text="Hello"),
    "reply": lambda: wa.send_message(to=to, text="Again", reply_to_message_id=kept["sent"].id),
    "buttons": lambda: wa.send_message(to=to, text="Well?", header="Question", footer="Soon", buttons=[types.Button("Yes", "y"), types.Button("No", "n")]),
    "list": lambda: wa.send_message(to=to, text="Which?", buttons=section_list()),
    "url button": lambda: wa.send_message(to=to, text="See", buttons=types.URLButton(title="Open", url="https://www.example.com")),
    "voice call button": lambda: wa.send_message(to=to, text="Call us", buttons=types.VoiceCallButton(title="Call")),
    "call permission": lambda: wa.send_message(to=to, text="May we call?", buttons=types.CallPermissionRequestButton()),
    "contact request": lambda: wa.request_contact_info(to=to, text="Your number?"),
    "image by link": lambda: wa.send_image(to=to, image=link, caption="Look"),
    "image with buttons": lambda: wa.send_image(to=to, image=link, caption="Look", buttons=[types.Button("Yes", "y")]),
    "image by bytes": lambda: wa.send_image(to=to, image=png, mime_type="image/png"),
    "video": lambda: wa.send_video(to=to, video="https://www.example.com/film.mp4"),
    "document": lambda: wa.send_document(to=to, document=b"%PDF-1.4", filename="a.pdf", mime_type="application/pdf"),
    "audio": lambda: wa.send_audio(to=to, audio=b"ID3", mime_type="audio/mpeg"),
    "voice": lambda: wa.send_voice(to=to, voice=b"OggS", mime_type="audio/ogg"),
    "sticker": lambda: wa.send_sticker(to=to, sticker=b"RIFF", mime_type="image/webp"),
    "location": lambda: wa.send_location(to=to, latitude=1.5, longitude=2.5, name="Shop", address="1 High Street"),
    "location request": lambda: wa.request_location(to=to, text="Where?"),
    "contact": lambda: wa.send_contact(to=to, contact=types.Contact(
        name=types.Contact.Name(formatted_name="Asha Rao", first_name="Asha"), phones=[types.Contact.Phone(phone="+12025550199", type="CELL")])),
    "reaction": lambda: keep("reaction", wa.send_reaction(to=to, emoji="👍", message_id=kept["sent"].id)),
    "reaction removed": lambda: wa.remove_reaction(to=to, message_id=kept["sent"].id),
    "catalogue": lambda: wa.send_catalog(to=to, body="Our goods", thumbnail_product_sku="sku-1"),
    "product": lambda: wa.send_product(to=to, catalog_id="1", sku="sku-1", body="This one"),
    "products": lambda: wa.send_products(to=to, catalog_id="1", title="Goods", body="These", product_sections=[types.ProductsSection(title="New", skus=["sku-1"])]),
    "read": lambda: wa.mark_message_as_read(message_id=os.environ["INBOUND_ID"]),
    "typing": lambda: wa.indicate_typing(message_id=os.environ["INBOUND_ID"]),
    "upload": lambda: keep("media", wa.upload_media(media=png, mime_type="image/png", filename="a.png")),
    "image by id": lambda: wa.send_image(to=to, image=kept["media"].id),
    "media url": lambda: keep("url", wa.get_media_url(kept["media"].id)),
    "media is a file": lambda: expect(wa.download_media(url=kept["url"].url, path=tempfile.mkdtemp()).read_bytes() == png),
    "media deleted": lambda: wa.delete_media(kept["media"].id),
    "number": lambda: expect(wa.get_business_phone_number().id == phone),
    "numbers": lambda: expect(any(n.id == phone for n in wa.get_business_phone_numbers())),
    "account": lambda: expect(wa.get_business_account().id == waba),
    "profile": lambda: wa.get_business_profile(),
    "profile changed": lambda: wa.update_business_profile(about="Open all day", websites=["https://www.example.com"], email="shop@example.com"),
    "profile read again": lambda: expect(wa.get_business_profile().about == "Open all day"),
    "profile picture": lambda: wa.update_business_profile(profile_picture=png),
    "display name": lambda: wa.update_display_name("Riverside Shop"),
    "settings": lambda: wa.get_business_phone_number_settings(),
    "commerce settings": lambda: wa.get_commerce_settings(),
    "automation": lambda: wa.update_conversational_automation(ice_breakers=["Opening hours"], commands=[types.Command("help", "What can I ask?")]),
    "automation read": lambda: expect(wa.get_business_phone_number().conversational_automation.ice_breakers == ("Opening hours",)),
    "commerce settings changed": lambda: wa.update_commerce_settings(is_cart_enabled=False, is_catalog_visible=True),
    "commerce settings read again": lambda: expect(not wa.get_commerce_settings().is_cart_enabled and wa.get_commerce_settings().is_catalog_visible),
    "number made": lambda: keep("number", wa.create_phone_number(country_calling_code=1, phone_number=2025550177, verified_name="Second")),
    "number verified": lambda: wa.request_verification_code(code_method="SMS", language_code="en_US", phone_id=kept["number"].id),
    "accounts owned": lambda: expect([a.id for a in wa.get_owned_business_accounts()] == [waba]),
    "accounts shared": lambda: expect(list(wa.get_shared_business_accounts()) == []),
    "register": lambda: wa.register_phone_number(pin="123456"),
    "block": lambda: wa.block_users([to]),
    "blocked": lambda: expect(len(list(wa.get_blocked_users())) == 1),
    "unblock": lambda: wa.unblock_users([to]),
    "qr": lambda: keep("qr", wa.create_qr_code(prefilled_message="Hi")),
    "qr read": lambda: wa.get_qr_code(kept["qr"].code),
    "qr list": lambda: expect(len(list(wa.get_qr_codes())) > 0),
    "qr changed": lambda: expect(wa.update_qr_code(kept["qr"].code, "Hello").prefilled_message == "Hello"),
    "qr deleted": lambda: wa.delete_qr_code(kept["qr"].code),
    "username": lambda: wa.set_username("riverside.shop"),
    "username read": lambda: expect(wa.get_current_username().username == "riverside.shop"),
    "usernames proposed": lambda: wa.get_reserved_usernames(),
    "username deleted": lambda: wa.delete_username(),
    "templates": lambda: keep("templates", list(wa.get_templates())),
    "templates counted": lambda: expect(wa.get_templates().total_count == len(kept["templates"])),
    "templates filtered": lambda: expect(all(x.status == t.TemplateStatus.APPROVED for x in wa.get_templates(statuses=[t.TemplateStatus.APPROVED]))),
    "template read": lambda: wa.get_template(kept["templates"][0].id),
    "template": lambda: wa.send_template(to=to, name="hello_world", language=t.TemplateLanguage.ENGLISH_US, params=[]),
    "template named": lambda: keep("made", wa.create_template(template("pywa_named", t.BodyText("Hello {{name}}, your order is ready.", name="Asha"),
                                                                        parameter_format=t.ParamFormat.NAMED))),
    "template found": lambda: expect(wa.get_template(kept["made"].id).name == "pywa_named"),
    "template edited": lambda: wa.update_template(kept["made"].id, new_components=[t.BodyText("Hello {{name}}, it is ready now.", name="Asha")]),
    "template archived": lambda: wa.archive_templates([kept["made"].id]),
    "template unarchived": lambda: wa.unarchive_templates([kept["made"].id]),
    "templates of codes": lambda: wa.upsert_authentication_template(
        name="pywa_code", languages=[t.TemplateLanguage.ENGLISH_US, t.TemplateLanguage.SPANISH], otp_button=t.CopyCodeOTPButton(), code_expiration_minutes=5),
    "templates compared": lambda: wa.compare_templates(
        kept["templates"][0].id, kept["templates"][1].id, start=int(time.time()) - 7 * 86400, end=int(time.time())),
    "sends counted": lambda: expect(max(wa.compare_templates(
        kept["templates"][0].id, *[x.id for x in kept["templates"][1:9]], start=int(time.time()) - 86400, end=int(time.time()) + 60).times_sent.values()) >= 1),
    "template deleted": lambda: wa.delete_template("pywa_named"),
    "app token": lambda: keep("app token", wa.get_app_access_token(int(app), secret)),
}
for name, call in calls.items():
    attempt("calls", name, call)

# Its own examples of templates, each made as its test says that Graph takes them.
source = pathlib.Path(os.environ.get("PYWA_SOURCE", "/nowhere"))
for file in sorted(source.glob("tests/data/templates/*/examples.json")):
    for name, example in json.loads(file.read_text(encoding="utf-8")).items():
        attempt("templates", name, lambda example=example: wa.create_template(t.Template.from_dict(example)))

# What a send is refused with has a class of its own in pywa.
classes = {code for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, errors.WhatsAppError) for code in kind.__error_codes__ or ()}
for code in (3, 4, 10, 190, 368, 80007, 130429, 131000, 131005, 131008, 131009, 131016, 131021, 131030, 131031, 131042, 131045, 131048, 131052, 131056, 132000,
             132001, 132005, 132007, 132012, 132015, 132016, 133004, 133010):
    def refused(code=code):
        try:
            wa.send_message(to=f"15550{code:06}", text="Hello")
        except errors.WhatsAppError as failure:
            expect(failure.code == code, f"code {failure.code}")
            expect(code not in classes or type(failure) is not errors.WhatsAppError, "has no class of its own")
            return
        raise AssertionError("was taken")
    attempt("errors", str(code), refused)

# The sandbox's webhooks, signature and all, through pywa's own reader.
arrived = queue.Queue()


class Receiver(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        arrived.put((body, self.headers.get("X-Hub-Signature-256")))
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
threading.Thread(target=server.serve_forever, daemon=True).start()
reader = WhatsApp(token="pywa-token", app_secret=secret, verify_token="verify")
read = []
for kind in ("Message", "CallbackButton", "CallbackSelection", "MessageStatus", "UserMarketingPreferences", "TemplateStatusUpdate", "AccountUpdate"):
    handler = getattr(pywa.handlers, f"{kind}Handler", None)
    if handler:
        reader.add_handlers(handler(lambda _, update, kind=kind: read.append((kind, update))))


def receive(kind, send, seconds=15):
    send()
    end = time.time() + seconds
    while time.time() < end:
        try:
            body, signature = arrived.get(timeout=1)
        except queue.Empty:
            continue
        refusal = reader.webhook_update_validator(body, signature)
        expect(not refusal, f"the signature is refused: {refusal}")
        read.clear()
        reader.webhook_update_handler(body)
        deadline = time.time() + 1
        while not read and time.time() < deadline:
            time.sleep(0.01)
        if any(found == kind for found, _ in read):
            return
    raise AssertionError(f"no {kind} was read")


def customer(kind, content):
    return lambda: ask_control(f"customers/+{to}/message", {"type": kind, "content": content, "phone_number_id": own})


own = "900000000000001"
attempt("webhooks", "number", lambda: ask_control("numbers", {
    "phone_number_id": own, "business_account_id": "900000000000002", "phone": "+12025550188", "access_token": "pywa-token", "app_secret": secret,
    "verify_token": "verify", "webhook_url": f"http://127.0.0.1:{server.server_port}/"}))
other = client(phone_id=own, token="pywa-token", waba_id="900000000000002")
attempt("webhooks", "text", lambda: receive("Message", lambda: ask_control(f"customers/+{to}/text", {"body": "Hello", "phone_number_id": own})))
attempt("webhooks", "status", lambda: receive("MessageStatus", lambda: keep("asked", other.send_message(
    to=to, text="Well?", buttons=[types.Button("Yes", "y")]))))
attempt("webhooks", "button", lambda: receive("CallbackButton", lambda: ask_control(
    f"customers/+{to}/choose", {"message_id": kept["asked"].id, "option": "y", "phone_number_id": own})))
attempt("webhooks", "row", lambda: receive("CallbackSelection", lambda: ask_control(
    f"customers/+{to}/choose", {"message_id": other.send_message(to=to, text="Which?", buttons=section_list()).id, "option": "s", "phone_number_id": own})))
attempt("webhooks", "reaction", lambda: receive("Message", lambda: ask_control(
    f"customers/+{to}/reaction", {"message_id": kept["asked"].id, "emoji": "👍", "phone_number_id": own})))
attempt("webhooks", "picture", lambda: receive("Message", lambda: ask_control(
    f"customers/+{to}/media", {"type": "image", "mime_type": "image/png", "text": "x", "caption": "Look", "phone_number_id": own})))
attempt("webhooks", "place", lambda: receive("Message", customer("location", {"latitude": 1.5, "longitude": 2.5, "name": "Shop"})))
attempt("webhooks", "card", lambda: receive("Message", customer("contacts", [{"name": {"formatted_name": "Asha"}, "phones": [{"phone": "+12025550199"}]}])))
attempt("webhooks", "order", lambda: receive("Message", customer("order", {"catalog_id": "1", "text": "Please", "product_items": [
    {"product_retailer_id": "sku-1", "quantity": 2, "item_price": 4.5, "currency": "USD"}]})))
attempt("webhooks", "wish", lambda: receive("UserMarketingPreferences", lambda: ask_control(f"customers/+{to}/stop", {"phone_number_id": own})))
attempt("webhooks", "template", lambda: receive("TemplateStatusUpdate", lambda: other.create_template(template("pywa_review", t.BodyText("Ready.")))))
attempt("webhooks", "account", lambda: receive("AccountUpdate", lambda: ask_control(f"numbers/{own}/events", {"event": "restricted"})))
groups = {}
for group, name, failure in results:
    good, all_, bad = groups.setdefault(group, (0, 0, []))
    groups[group] = (good + (failure is None), all_ + 1, bad + ([f"    {name}: {failure}"] if failure else []))
for group, (good, all_, bad) in groups.items():
    print(f"{'pywa ' + pywa.__version__ + ', ' + group:<40} {good:>3} of {all_}")
    print("\n".join(bad), end="\n" if bad else "")
sys.exit(1 if any(bad for _, _, bad in groups.values()) else 0)
