// Runs clients of the Cloud API that nobody here wrote against the sandbox, unchanged, and counts what works. GRAPH_URL, GRAPH_TOKEN, PHONE_NUMBER_ID
// and WABA_ID say where; bench/graph-clients.sh sets them. A call works if it answers as its client expects of Meta.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

const require = createRequire(import.meta.url);
const { GRAPH_URL: base, GRAPH_TOKEN: token, PHONE_NUMBER_ID: number, WABA_ID: account, INBOUND_ID: inbound } = process.env;
const to = "12025550143";
const png = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");
const link = "https://www.example.com/picture.png";
const results = [];

async function run(client, calls) {
  const failed = [];
  let works = 0;
  for (const [name, call] of Object.entries(calls)) {
    try {
      const answer = await call();
      if (answer?.error) throw new Error(JSON.stringify(answer.error));
      works++;
    } catch (failure) {
      const text = failure?.response?.data ?? failure?.error ?? failure?.message ?? failure;
      failed.push(`${name}: ${typeof text === "string" ? text : JSON.stringify(text)}`.slice(0, 300));
    }
  }
  results.push({ client, works, of: works + failed.length, failed });
}
const need = (value, what) => { if (!value) throw new Error(`no ${what}`); return value; };
const version = (name) => JSON.parse(readFileSync(new URL(`node_modules/${name}/package.json`, import.meta.url))).version;

// whatsapp-api-js: answers are parsed bodies; failures have `error`.
{
  const { WhatsAppAPI: Api } = await import("whatsapp-api-js");
  const m = await import("whatsapp-api-js/messages");
  const api = new Api({ token, secure: false, v: "v25.0" });
  const send = async (message, ...more) => need((await api.sendMessage(number, to, message, ...more)).messages?.[0]?.id, "message id");
  let wamid, media, qr;
  await run(`whatsapp-api-js ${version("whatsapp-api-js")}`, {
    text: async () => { wamid = await send(new m.Text("Hello", true)); },
    reply: () => send(new m.Text("Again"), wamid, "tracker"),
    image: () => send(new m.Image(link, false, "Look")),
    document: () => send(new m.Document(link, false, "Read", "a.pdf")),
    video: () => send(new m.Video("https://www.example.com/a.mp4", false)),
    audio: () => send(new m.Audio("https://www.example.com/a.ogg", false)),
    location: () => send(new m.Location(1.5, 2.5, "Shop", "1 High Street")),
    reaction: () => send(new m.Reaction(wamid, "👍")),
    contacts: () => send(new m.Contacts([new m.Name("Ann Lee", "Ann", "Lee"), new m.Phone("+12025550199", "WORK")])),
    buttons: () => send(new m.Interactive(new m.ActionButtons(new m.Button("yes", "Yes"), new m.Button("no", "No")), new m.Body("Well?"))),
    list: () => send(new m.Interactive(new m.ActionList("Open", new m.ListSection("One", new m.Row("1", "First"))), new m.Body("Choose"))),
    cta: () => send(new m.Interactive(new m.ActionCTA("Open", "https://www.example.com"), new m.Body("See"))),
    template: () => send(new m.Template("hello_world", new m.Language("en_US"))),
    read: () => api.markAsRead(number, inbound),
    upload: async () => { const form = new FormData(); form.set("file", new Blob([png], { type: "image/png" })); media = need((await api.uploadMedia(number, form)).id, "media id"); },
    retrieve: async () => need((await api.retrieveMedia(media, number)).url, "url"),
    uploaded: () => send(new m.Image(media, true)),
    remove: async () => need((await api.deleteMedia(media, number)).success, "success"),
    qr: async () => { qr = need((await api.createQR(number, "Hi")).code, "code"); },
    qrs: () => api.retrieveQR(number),
    qrChange: () => api.updateQR(number, qr, "Hello"),
    qrRemove: () => api.deleteQR(number, qr),
  });
}

// @kapso/whatsapp-cloud-api: throws.
{
  const { WhatsAppClient } = await import("@kapso/whatsapp-cloud-api");
  const api = new WhatsAppClient({ accessToken: token, baseUrl: base, graphVersion: "v25.0" });
  const with_ = (more) => ({ phoneNumberId: number, to: "+" + to, ...more });
  let wamid, media;
  await run(`@kapso/whatsapp-cloud-api ${version("@kapso/whatsapp-cloud-api")}`, {
    text: async () => { wamid = (await api.messages.sendText(with_({ body: "Hello" }))).messages[0].id; },
    image: () => api.messages.sendImage(with_({ image: { link, caption: "Look" } })),
    document: () => api.messages.sendDocument(with_({ document: { link, filename: "a.pdf" } })),
    video: () => api.messages.sendVideo(with_({ video: { link: "https://www.example.com/a.mp4" } })),
    audio: () => api.messages.sendAudio(with_({ audio: { link: "https://www.example.com/a.ogg" } })),
    sticker: () => api.messages.sendSticker(with_({ sticker: { link: "https://www.example.com/a.webp" } })),
    location: () => api.messages.sendLocation(with_({ location: { latitude: 1.5, longitude: 2.5, name: "Shop" } })),
    contacts: () => api.messages.sendContacts(with_({ contacts: [{ name: { formattedName: "Ann", firstName: "Ann" }, phones: [{ phone: "+12025550199" }] }] })),
    reaction: () => api.messages.sendReaction(with_({ reaction: { messageId: wamid, emoji: "👍" } })),
    buttons: () => api.messages.sendInteractiveButtons(with_({ bodyText: "Well?", buttons: [{ id: "yes", title: "Yes" }] })),
    list: () => api.messages.sendInteractiveList(with_({ bodyText: "Choose", buttonText: "Open", sections: [{ title: "One", rows: [{ id: "1", title: "First" }] }] })),
    cta: () => api.messages.sendInteractiveCtaUrl(with_({ bodyText: "See", parameters: { displayText: "Open", url: "https://www.example.com" } })),
    locationRequest: () => api.messages.sendInteractiveLocationRequest(with_({ bodyText: "Where?" , parameters: { requestMessage: "Where?" } })),
    template: () => api.messages.sendTemplate(with_({ template: { name: "hello_world", language: { code: "en_US" } } })),
    read: () => api.messages.markRead({ phoneNumberId: number, messageId: inbound }),
    typing: () => api.messages.markRead({ phoneNumberId: number, messageId: inbound, typingIndicator: { type: "text" } }),
    templates: async () => need((await api.templates.list({ businessAccountId: account })).data.length, "templates"),
    create: () => api.templates.create({ businessAccountId: account, name: `kapso_${Date.now()}`, language: "en_US", category: "UTILITY", components: [{ type: "BODY", text: "Your order is ready." }] }),
    upload: async () => { media = (await api.media.upload({ phoneNumberId: number, type: "image", file: new Blob([png], { type: "image/png" }), fileName: "a.png" })).id; },
    get: async () => need((await api.media.get({ mediaId: media, phoneNumberId: number })).url, "url"),
    remove: () => api.media.delete({ mediaId: media, phoneNumberId: number }),
    profile: () => api.phoneNumbers.businessProfile.get({ phoneNumberId: number }),
    settings: () => api.phoneNumbers.settings.get({ phoneNumberId: number }),
  });
}

// @great-detail/whatsapp: ky.
{
  const { default: Client } = await import("@great-detail/whatsapp");
  const api = new Client({ prefixUrl: base + "/", request: { headers: { Authorization: `Bearer ${token}` }, retry: 0 } });
  const send = (more) => api.message.createMessage({ phoneNumberID: number, to, ...more }).json();
  let wamid, media, template;
  await run(`@great-detail/whatsapp ${version("@great-detail/whatsapp")}`, {
    text: async () => { wamid = (await send({ type: "text", text: { body: "Hello" } })).messages[0].id; },
    template: () => send({ type: "template", template: { name: "hello_world", language: { code: "en_US" } } }),
    image: () => send({ type: "image", image: { link } }),
    buttons: () => send({ type: "interactive", interactive: { type: "button", body: { text: "Well?" }, action: { buttons: [{ type: "reply", reply: { id: "y", title: "Yes" } }] } } }),
    read: () => api.message.createStatus({ phoneNumberID: number, status: "read", message_id: inbound }).json(),
    upload: async () => { media = (await api.media.upload({ phoneNumberID: number, mimeType: "image/png", filename: "a.png", file: new Blob([png], { type: "image/png" }) }).json()).id; },
    url: async () => need((await api.media.getURL({ mediaID: media }).json()).url, "url"),
    remove: () => api.media.delete({ mediaID: media }).json(),
    profile: () => api.businessProfile.getBusinessProfile({ phoneNumberID: number }).json(),
    updateProfile: () => api.businessProfile.updateBusinessProfile({ phoneNumberID: number, about: "Open till six" }).json(),
    numbers: async () => need((await api.phoneNumbers.listPhoneNumbers({ businessAccountID: account }).json()).data.length, "numbers"),
    number: () => api.phoneNumbers.getPhoneNumber({ phoneNumberID: number }).json(),
    subscribe: () => api.subscribedApps.createSubscription({ businessAccountID: account }).json(),
    subscriptions: () => api.subscribedApps.listSubscriptions({ businessAccountID: account }).json(),
    templates: async () => need((await api.template.list(account, { status: ["APPROVED", "REJECTED"] }).json()).data.length, "templates by status"),
    createTemplate: async () => { template = (await api.template.create(account, { name: `gd_${Date.now()}`, language: "en_US", category: "UTILITY", components: [{ type: "BODY", text: "Your order is ready." }] }).json()).id; },
    getTemplate: () => api.template.get(template, {}).json(),
    account: () => api.whatsappBusinessAccount.get(account).json(),
  });
}

// whatsapp-business: axios.
{
  const { WABAClient } = require("whatsapp-business");
  const api = new WABAClient({ apiToken: token, phoneId: number, accountId: account });
  let wamid, media;
  await run(`whatsapp-business ${version("whatsapp-business")}`, {
    text: async () => { wamid = (await api.sendMessage({ to, type: "text", text: { body: "Hello" } })).messages[0].id; },
    image: () => api.sendMessage({ to, type: "image", image: { link } }),
    template: () => api.sendMessage({ to, type: "template", template: { name: "hello_world", language: { policy: "deterministic", code: "en_US" } } }),
    contacts: () => api.sendMessage({ to, type: "contacts", contacts: [{ name: { formatted_name: "Ann", first_name: "Ann" }, phones: [{ phone: "+12025550199" }] }] }),
    read: () => api.markMessageAsRead(inbound),
    profile: () => api.getBusinessProfile(["about"]),
    updateProfile: () => api.updateBusinessProfile({ about: "Open till six" }),
    numbers: () => api.getBusinessPhoneNumbers(),
    number: () => api.getSingleBusinessPhoneNumber(number),
    requestCode: () => api.requestPhoneNumberVerificationCode({ phoneNumberId: number, code_method: "SMS", language: "en_US" }),
    register: () => api.registerPhone({ phoneNumberId: number, pin: "123456" }),
    twoStep: () => api.setupTwoStepAuth({ phoneNumberId: number, pin: "123456" }),
  });
}

// whatsapp-cloud-api (tawn33y): axios.
{
  const { createBot } = require("whatsapp-cloud-api");
  const bot = createBot(number, token, { version: "v25.0" });
  await run(`whatsapp-cloud-api ${version("whatsapp-cloud-api")}`, {
    text: () => bot.sendText(to, "Hello"),
    image: () => bot.sendImage(to, link, { caption: "Look" }),
    document: () => bot.sendDocument(to, link, { filename: "a.pdf" }),
    audio: () => bot.sendAudio(to, "https://www.example.com/a.ogg"),
    video: () => bot.sendVideo(to, "https://www.example.com/a.mp4"),
    sticker: () => bot.sendSticker(to, "https://www.example.com/a.webp"),
    location: () => bot.sendLocation(to, 1.5, 2.5, { name: "Shop", address: "1 High Street" }),
    template: () => bot.sendTemplate(to, "hello_world", "en_US"),
    contacts: () => bot.sendContacts(to, [{ name: { formatted_name: "Ann", first_name: "Ann" }, phones: [{ type: "HOME", phone: "+12025550199" }] }]),
    buttons: () => bot.sendReplyButtons(to, "Well?", { yes: "Yes", no: "No" }),
    list: () => bot.sendList(to, "Open", "Choose", { One: [{ id: 1, title: "First", description: "With a number as its id" }] }),
  });
}

// whatsappcloudapi_wrapper: unirest and request.
{
  const Wrapper = require("whatsappcloudapi_wrapper");
  const api = new Wrapper({ accessToken: token, senderPhoneNumberId: number, WABA_ID: account });
  let wamid;
  const ok = async (answer) => { const got = await answer; if (got?.status && got.status !== "success") throw new Error(JSON.stringify(got.error ?? got)); return got; };
  await run(`whatsappcloudapi_wrapper ${version("whatsappcloudapi_wrapper")}`, {
    text: async () => { wamid = (await ok(api.sendText({ recipientPhone: to, message: "Hello" }))).data.messages[0].id; },
    template: () => ok(api.sendTemplate({ recipientPhone: to, templateName: "hello_world", languageCode: "en_US", components: [] })),
    buttons: () => ok(api.sendSimpleButtons({ recipientPhone: to, message: "Well?", listOfButtons: [{ title: "Yes", id: "y" }] })),
    list: () => ok(api.sendRadioButtons({ recipientPhone: to, headerText: "Menu", bodyText: "Choose", footerText: "Shop", listOfSections: [{ title: "One", rows: [{ title: "First", description: "x", id: "1" }] }] })),
    image: () => ok(api.sendImage({ recipientPhone: to, url: link, caption: "Look" })),
    location: () => ok(api.sendLocation({ recipientPhone: to, latitude: 1.5, longitude: 2.5, name: "Shop", address: "1 High Street" })),
    read: () => ok(api.markMessageAsRead({ message_id: inbound })),
    qr: () => ok(api.createQRCodeMessage({ message: "Hi", imageType: "png" })),
  });
}

// The official Node SDK.
{
  Object.assign(process.env, { WA_PHONE_NUMBER_ID: number, CLOUD_API_ACCESS_TOKEN: token, CLOUD_API_VERSION: "v25.0", WA_BASE_URL: "graph.facebook.com",
    M4D_APP_ID: "1", M4D_APP_SECRET: "x", WEBHOOK_ENDPOINT: "webhook", WEBHOOK_VERIFICATION_TOKEN: "x", LISTENER_PORT: "0", MAX_RETRIES_AFTER_WAIT: "1", REQUEST_TIMEOUT: "20000", DEBUG: "false" });
  const { default: exported } = require("whatsapp"), WhatsApp = exported?.default ?? exported ?? require("whatsapp");
  const api = new WhatsApp(Number(number));
  const body = async (sent) => { const answer = await sent; const json = await answer.responseBodyToJSON(); if (json.error) throw new Error(JSON.stringify(json.error)); return json; };
  let wamid;
  await run(`whatsapp (official) ${version("whatsapp")}`, {
    text: async () => { wamid = (await body(api.messages.text({ body: "Hello", preview_url: false }, Number(to)))).messages[0].id; },
    image: () => body(api.messages.image({ link }, Number(to))),
    document: () => body(api.messages.document({ link, filename: "a.pdf" }, Number(to))),
    location: () => body(api.messages.location({ latitude: 1.5, longitude: 2.5, name: "Shop", address: "1 High Street" }, Number(to))),
    contacts: () => body(api.messages.contacts([{ name: { formatted_name: "Ann", first_name: "Ann" }, phones: [{ phone: "+12025550199" }] }], Number(to))),
    buttons: () => body(api.messages.interactive({ type: "button", body: { text: "Well?" }, action: { buttons: [{ type: "reply", reply: { id: "y", title: "Yes" } }] } }, Number(to))),
    template: () => body(api.messages.template({ name: "hello_world", language: { policy: "deterministic", code: "en_US" } }, Number(to))),
    reaction: () => body(api.messages.reaction?.({ message_id: wamid, emoji: "👍" }, Number(to)) ?? { responseBodyToJSON: () => ({}) }),
    read: () => body(api.messages.status({ status: "read", message_id: inbound })),
    pin: () => body(api.twoStepVerification.setPin("123456")),
  });
}

// Chatwoot asks by plain HTTP: old versions, nulls, a message's action as text, the token in the query. These are its requests, without Chatwoot.
{
  const app = `5${account}`, secret = "sandbox-app-secret-riverside";
  const ask = async (method, path, body, headers = { Authorization: `Bearer ${token}` }) => {
    const answer = await fetch(`${base}${path}`, { method, headers: { "Content-Type": "application/json", ...headers }, body: body && JSON.stringify(body) });
    const json = await answer.json();
    if (!answer.ok) throw new Error(JSON.stringify(json));
    return json;
  };
  const send = async (content) => need((await ask("POST", `/v13.0/${number}/messages`, { messaging_product: "whatsapp", to, ...content })).messages?.[0]?.id, "message id");
  const choose = (type, action) => send({ type: "interactive", interactive: { type, body: { text: "Well?" }, action: JSON.stringify(action) } });
  let wamid, media, template;
  await run("Chatwoot (its requests)", {
    text: async () => { wamid = await send({ context: null, type: "text", text: { body: "Hello" } }); },
    reply: () => send({ context: { message_id: wamid }, type: "text", text: { body: "Again" } }),
    image: () => send({ context: null, type: "image", image: { link, caption: null } }),
    audio: () => send({ context: null, type: "audio", audio: { link: "https://www.example.com/a.ogg" } }),
    document: () => send({ context: null, type: "document", document: { link: "https://www.example.com/a.pdf", caption: "", filename: "a.pdf" } }),
    buttons: () => choose("button", { buttons: [{ type: "reply", reply: { id: "y", title: "Yes" } }] }),
    list: () => choose("list", { button: "Choose an item", sections: [{ rows: [1, 2, 3, 4].map((i) => ({ id: `${i}`, title: `Item ${i}` })) }] }),
    template: () => send({ recipient_type: "individual", type: "template", template: { name: "hello_world", language: { policy: "deterministic", code: "en_US" }, components: [] } }),
    templates: async () => need((await ask("GET", `/v14.0/${account}/message_templates?access_token=${token}`, undefined, {})).data?.length, "templates"),
    "survey template": async () => { template = (await ask("POST", `/v14.0/${account}/message_templates`, { name: "customer_satisfaction_survey_1", language: "en_US", category: "UTILITY", components: [
      { type: "BODY", text: "Please rate this conversation." }, { type: "BUTTONS", buttons: [{ type: "URL", text: "Rate us", url: "https://www.example.com/survey/{{1}}", example: ["12345"] }] }] })).id; need(template, "id"); },
    "survey template read": async () => need((await ask("GET", `/v14.0/${account}/message_templates?name=customer_satisfaction_survey_1`)).data?.[0]?.status, "status"),
    "survey template deleted": () => ask("DELETE", `/v14.0/${account}/message_templates?name=customer_satisfaction_survey_1`),
    media: async () => {
      const form = new FormData();
      form.set("messaging_product", "whatsapp"); form.set("type", "image/png"); form.set("file", new Blob([png], { type: "image/png" }), "a.png");
      const answer = await fetch(`${base}/v13.0/${number}/media`, { method: "POST", headers: { Authorization: `Bearer ${token}` }, body: form });
      media = need((await answer.json()).id, "id");
      const found = await ask("GET", `/v13.0/${media}?phone_number_id=${number}`);
      need((await fetch(found.url, { headers: { Authorization: `Bearer ${token}` } })).ok, "file");
    },
    "sign-up code": async () => need((await ask("GET", `/v22.0/oauth/access_token?client_id=${app}&client_secret=${secret}&code=AQB`, undefined, {})).access_token === token, "token"),
    "token described": async () => need((await ask("GET", `/v22.0/debug_token?input_token=${token}&access_token=${app}|${secret}`, undefined, {})).data?.is_valid, "is_valid"),
    numbers: async () => need((await ask("GET", `/v22.0/${account}/phone_numbers?access_token=${token}`, undefined, {})).data?.[0]?.display_phone_number, "number"),
    verified: async () => need((await ask("GET", `/v22.0/${number}`)).code_verification_status === "VERIFIED", "VERIFIED"),
    health: async () => need((await ask("GET", `/v22.0/${number}?fields=quality_rating,messaging_limit_tier,code_verification_status,account_mode,id,display_phone_number,name_status,verified_name,webhook_configuration,throughput,last_onboarded_time,platform_type,certificate&access_token=${token}`, undefined, {})).quality_rating, "quality"),
    subscribe: () => ask("POST", `/v22.0/${account}/subscribed_apps`),
    unsubscribe: () => ask("DELETE", `/v22.0/${account}/subscribed_apps`),
  });
}

let bad = 0;
for (const { client, works, of, failed } of results) {
  console.log(`${client.padEnd(40)} ${String(works).padStart(3)} of ${of}`);
  failed.forEach((line) => console.log("    " + line));
  bad += failed.length;
}
process.exit(bad === 0 ? 0 : 1);
