// Run every example of the core in Pyodide: `node examples.mjs RUNTIME WHEEL` prints Python's version, how many ran, what failed.
import { readFileSync } from "node:fs";

const [runtime, wheel] = process.argv.slice(2);
const { loadPyodide } = await import(`${runtime}/pyodide.mjs`);
const python = await loadPyodide({ indexURL: runtime });
python.FS.writeFile("/core.whl", readFileSync(wheel));
console.log(python.runPython(`
import doctest, importlib, json, pkgutil, sys
sys.path.insert(0, "/core.whl")
import asprinted
names = [each.name for each in pkgutil.walk_packages(asprinted.__path__, "asprinted.")]
results = {name: doctest.testmod(importlib.import_module(name)) for name in names}
json.dumps({
    "version": sys.version_info[:2],
    "ran": sum(each.attempted for each in results.values()),
    "failed": [name for name, each in results.items() if each.failed],
})
`));
