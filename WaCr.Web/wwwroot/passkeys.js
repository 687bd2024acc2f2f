// Forms with data-passkey ask the browser for a passkey and send what it gave along with their other fields.
const forms = document.querySelectorAll('form[data-passkey]');

if (window.PublicKeyCredential?.parseCreationOptionsFromJSON && window.PublicKeyCredential?.parseRequestOptionsFromJSON) {
  for (const form of forms) {
    form.hidden = false;
    form.addEventListener('submit', event => {
      if (!form.elements.Credential.value) {
        event.preventDefault();
        event.stopImmediatePropagation();
        ask(form);
      }
    });
  }
}

async function ask(form) {
  const failed = form.querySelector('[data-passkey-failed]');
  failed.hidden = true;
  try {
    const answer = await fetch(form.dataset.options, { method: 'POST', body: new FormData(form), credentials: 'same-origin' });
    if (!answer.ok) {
      throw new Error();
    }
    const options = await answer.json();
    const credential = form.dataset.passkey === 'create'
      ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
      : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
    form.elements.Credential.value = JSON.stringify(credential);
  } catch {
    // Cancelled, none at hand, or not offered at this address (plain http, an IP address).
    failed.hidden = false;
    return;
  }
  form.submit();
}
