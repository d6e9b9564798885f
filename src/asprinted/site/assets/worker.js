// Python in a thread of its own: what the page asks is answered by the wheel of the core, in order.
import { loadPyodide } from "./runtime/pyodide.mjs";

const say = (told) => self.postMessage(told);
const plain = self.fetch;
let [loaded, total] = [0, 1];

// Whoever waits sees how much has come; the runtime itself tells nobody.
self.fetch = async (...given) => {
  const response = await plain(...given);
  if (!response.ok || !response.body) return response;
  const counted = new TransformStream({
    transform(part, through) {
      loaded += part.length;
      say({ percent: Math.min(99, Math.floor((loaded / total) * 100)), stage: loaded < total ? "fetching" : "starting" });
      through.enqueue(part);
    },
  });
  return new Response(response.body.pipeThrough(counted), { headers: response.headers });
};

let python, ask;
const ready = new Promise((resolve) => {
  self.onmessage = async ({ data }) => {
    total = data.total;
    self.onmessage = answer;
    try {
      const wheel = self.fetch(data.wheel).then((response) => response.arrayBuffer());
      python = await loadPyodide({ indexURL: new URL("./runtime/", import.meta.url).href });
      python.unpackArchive(await wheel, "wheel");
      ask = python.pyimport("asprinted.workbench").ask;
      resolve();
      say({ ready: true });
    } catch (error) {
      say({ failed: String((error && error.message) || error) });
    }
  };
});

async function answer({ data }) {
  await ready;
  try {
    const told = ask(JSON.stringify(data.asked), ...(data.raw ? [python.toPy(data.raw)] : []));
    say({ id: data.id, told: JSON.parse(told) });
  } catch (error) {
    say({ id: data.id, told: { fault: String((error && error.message) || error).trim().split("\n").pop() } });
  }
}
