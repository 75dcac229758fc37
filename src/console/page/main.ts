// First: what is imported after it is loaded with the language it leaves.
import './language.js';
import { ApiError } from './api-error.js';
import { Api } from './api.js';
import { Console } from './console.js';
import { byId, inputById } from './dom.js';

/** Gone with the tab. */
const KEY = 'slotmirror admin key';

let isEntering = false;

/** Opens the console where the key is one; otherwise asks for it, and says what is wrong. */
async function enter(key: string): Promise<void> {
  if (isEntering) return;
  isEntering = true;
  try {
    const api = new Api(key);
    await api.get('/api/v1/admin/whoami');
    sessionStorage.setItem(KEY, key);
    byId('entry').hidden = true;
    byId('console').hidden = false;
    new Console(api, leave).start();
  } catch (error) {
    const { status, message } = error instanceof ApiError ? error : { status: 0, message: String(error) };
    isEntering = false;
    askForKey(status === 403 ? 'That is not an admin key of this server.' : message);
  }
}

/** Everything that runs ends with the page. */
function leave(why: string): void {
  sessionStorage.removeItem(KEY);
  if (why !== '') sessionStorage.setItem(`${KEY}: why`, why);
  location.reload();
}

function askForKey(why: string): void {
  byId('entry').hidden = false;
  byId('key-error').textContent = why;
  byId('key').focus();
}

byId('key-form').addEventListener('submit', (event) => {
  event.preventDefault();
  byId('key-error').textContent = '';
  void enter(inputById('key').value.trim());
});

const kept = sessionStorage.getItem(KEY);
const why = sessionStorage.getItem(`${KEY}: why`) ?? '';
sessionStorage.removeItem(`${KEY}: why`);
if (kept === null) askForKey(why);
else void enter(kept);
