// Passkeys: the browser makes or uses one, its answer goes into the form. Without script or
// without passkeys the page says so and offers the other ways.
const said = document.getElementById("passkey-said");
const data = JSON.parse(document.getElementById("passkey-data").textContent);

const bytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));

const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace(/=+$/, "");

// What the server sent, with bytes where the browser wants bytes.
function options(publicKey) {
  const known = (list) => list?.map((one) => ({ ...one, id: bytes(one.id) }));
  return {
    ...publicKey,
    challenge: bytes(publicKey.challenge),
    ...(publicKey.user && { user: { ...publicKey.user, id: bytes(publicKey.user.id) } }),
    ...(publicKey.excludeCredentials && { excludeCredentials: known(publicKey.excludeCredentials) }),
    ...(publicKey.allowCredentials && { allowCredentials: known(publicKey.allowCredentials) }),
  };
}

// The browser's answer as the server reads it.
function answer(credential) {
  const parts = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
  const response = {};
  for (const part of parts) {
    if (credential.response[part]) response[part] = text(credential.response[part]);
  }
  return {
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    response,
    clientExtensionResults: credential.getClientExtensionResults(),
  };
}

const ask = {
  create: () => navigator.credentials.create({ publicKey: options(data.creation_options.publicKey) }),
  get: () => navigator.credentials.get({ publicKey: options(data.request_options.publicKey) }),
};

for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!window.PublicKeyCredential) break;
  said.textContent = "";
  said.hidden = true;
  form.querySelector("button").hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      const made = await ask[form.dataset.passkey]();
      form.elements.credential.value = JSON.stringify(answer(made));
      form.submit();
    } catch (problem) {
      said.hidden = false;
      said.textContent =
        problem.name === "SecurityError"
          ? "A passkey needs a name in the address bar, such as localhost, not a number."
          : "The passkey was not used. Try again, or take another way.";
    }
  });
}
