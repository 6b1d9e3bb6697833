/* Making and using passkeys (WebAuthn); without scripts the other ways of logging in remain. */

const bytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (char) => char.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const withBytes = (list) => (list ?? []).map((one) => ({ ...one, id: bytes(one.id) }));

export function start(root) {
  if (!window.PublicKeyCredential) return; // the sentence that says so stays
  const part = (name) => root.querySelector(`[data-part=${name}]`);
  part("without").hidden = true;
  part("go").hidden = false;
  part("go").addEventListener("click", async (event) => {
    event.preventDefault();
    part("failed").hidden = true;
    part("go").setAttribute("aria-busy", "true");
    try {
      const credential = root.dataset.mode === "create" ? await create(root) : await get(root);
      root.elements.credential.value = JSON.stringify(credential);
      root.submit();
    } catch {
      part("failed").hidden = false; // closed by its owner, or the browser knows no passkey for this site
      part("go").removeAttribute("aria-busy");
    }
  });
}

async function create(root) {
  const options = (await read(root)).creation_options.publicKey;
  const made = await navigator.credentials.create({
    publicKey: {
      ...options,
      challenge: bytes(options.challenge),
      user: { ...options.user, id: bytes(options.user.id) },
      excludeCredentials: withBytes(options.excludeCredentials),
    },
  });
  return written(made, { attestationObject: text(made.response.attestationObject) });
}

async function get(root) {
  const options = (await read(root)).request_options.publicKey;
  const used = await navigator.credentials.get({
    publicKey: {
      ...options,
      challenge: bytes(options.challenge),
      allowCredentials: withBytes(options.allowCredentials),
    },
  });
  const { authenticatorData, signature, userHandle } = used.response;
  return written(used, {
    authenticatorData: text(authenticatorData),
    signature: text(signature),
    userHandle: userHandle ? text(userHandle) : null,
  });
}

/* What the browser shall do: in the page, or asked for only now, as the log-in stands on a page for everybody. */
async function read(root) {
  if (root.dataset.options) return JSON.parse(document.getElementById(root.dataset.options).textContent);
  const answer = await fetch(root.action, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`${answer.status}`);
  return answer.json();
}

function written(credential, response) {
  return {
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: { clientDataJSON: text(credential.response.clientDataJSON), ...response },
  };
}
