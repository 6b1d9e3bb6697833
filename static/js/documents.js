/* Fetches the site's JSON documents. */

export class MissingDocument extends Error {}

/** Return the document, or throw MissingDocument where the server says that there is none. */
export async function fetchDocument(path) {
  const response = await fetch(path, { headers: { Accept: "application/json" } });
  if (response.status === 404) throw new MissingDocument(path);
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response.json();
}

const documents = new Map();

/** The same, fetched once a page. A failure is forgotten, so that a later call tries again. */
export function sharedDocument(path) {
  if (!documents.has(path)) {
    const promise = fetchDocument(path);
    promise.catch(() => documents.delete(path));
    documents.set(path, promise);
  }
  return documents.get(path);
}

export const language = document.documentElement.lang === "fr" ? "fr" : "en";

/** The text of a bilingual field in the page's language. */
export const inLanguage = (row, field) => row[`${field}_${language}`];
