// A form sent by the script, with today's token: after signing in anew in another window
// the one inside the page is old.
export function token(form) {
  const name = form.dataset.csrfCookie;
  const cookies = document.cookie.split("; ").map((cookie) => cookie.split("="));
  return cookies.find(([known]) => known === name)?.[1] ?? form.csrfmiddlewaretoken.value;
}

// The answer, or null if the line is down, also in the middle of it. `signedOut` is set if
// it was the sign-in page.
export async function send(form, address, signal) {
  const data = new FormData(form);
  data.set("csrfmiddlewaretoken", token(form));
  try {
    const response = await fetch(address, { method: "POST", body: data, signal });
    const signedOut = response.redirected || response.status === 403;
    const blob = await response.blob();
    return { response, signedOut, blob, text: await blob.text() };
  } catch (error) {
    if (error.name !== "AbortError" && !(error instanceof TypeError)) throw error;
    return null;
  }
}
