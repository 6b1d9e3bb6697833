/* What was recorded at doors, kept on this phone until the server says that it has it. */
const NAME = "c4c-canvass";
const VERSION = 1;
// What is typed leaves the phone's memory with the server's receipt; which door and what came of it stays to be shown.
const TYPED = ["answers", "note", "pledge", "fields"];

export async function openQueue(checkout) {
  const database = await open();
  const all = () => ask(database, "visits", "readonly", (store) => store.index("checkout").getAll(checkout));
  const put = (record) => ask(database, "visits", "readwrite", (store) => store.put(record));
  return {
    all,
    put,
    add: (record) => put({ ...record, checkout, state: "unsent" }),
    remove: (id) => ask(database, "visits", "readwrite", (store) => store.delete(id)),
    unsent: async () => (await all()).filter((record) => record.state === "unsent").sort(byTime),
    refused: async () => (await all()).filter((record) => record.state === "refused").sort(byTime),
    walk: () => ask(database, "walks", "readonly", (store) => store.get(checkout)),
    keepWalk: (walk) => ask(database, "walks", "readwrite", (store) => store.put({ ...walk, checkout })),
    settle: (receipts) => settle(database, receipts),
    forget: async () => {
      for (const { id } of await all()) await ask(database, "visits", "readwrite", (store) => store.delete(id));
      await ask(database, "walks", "readwrite", (store) => store.delete(checkout));
    },
  };
}

/* How many records of any turf are on this phone alone; a database that was never made is not made for the question. */
export async function countUnsent() {
  if (!(await exists())) return 0;
  const database = await open();
  const records = await ask(database, "visits", "readonly", (store) => store.getAll());
  database.close();
  return records.filter((record) => record.state !== "sent").length;
}

export async function removeAll() {
  if (!(await exists())) return;
  await new Promise((resolve) => {
    const request = indexedDB.deleteDatabase(NAME);
    request.onsuccess = request.onerror = request.onblocked = resolve;
  });
}

async function exists() {
  if (!indexedDB.databases) return true;
  return (await indexedDB.databases()).some(({ name }) => name === NAME);
}

function open() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, VERSION);
    request.onupgradeneeded = () => {
      const visits = request.result.createObjectStore("visits", { keyPath: "id" });
      visits.createIndex("checkout", "checkout");
      request.result.createObjectStore("walks", { keyPath: "checkout" });
    };
    request.onsuccess = () => {
      // Another tab that logs out may take the database away.
      request.result.onversionchange = () => request.result.close();
      resolve(request.result);
    };
    request.onerror = () => reject(request.error);
  });
}

/* Done when the transaction is: only then is a record on the disk. */
function ask(database, name, mode, question) {
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(name, mode, { durability: "strict" });
    const request = question(transaction.objectStore(name));
    transaction.oncomplete = () => resolve(request.result);
    transaction.onerror = transaction.onabort = () => reject(transaction.error ?? request.error);
  });
}

/* Take the server's receipts: what it has is stripped of what was typed, what it refuses stays to be corrected. */
async function settle(database, receipts) {
  for (const { id, receipt, reason } of receipts) {
    const record = await ask(database, "visits", "readonly", (store) => store.get(id));
    if (!record || receipt === "again") continue;
    if (receipt === "refused") Object.assign(record, { state: "refused", reason });
    else {
      record.state = "sent";
      for (const name of TYPED) delete record[name];
    }
    await ask(database, "visits", "readwrite", (store) => store.put(record));
  }
}

function byTime(one, other) {
  return one.at < other.at ? -1 : 1;
}
