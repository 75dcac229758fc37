import type { DeliveryReport, WebhookReport, WebhookWithSecret } from '../../webhooks/webhook.shape.js';
import type { Api } from './api.js';
import { ask } from './ask.js';
import { notify } from './dom.js';
import { KIND_NAMES } from './change-text.js';
import { showSecret } from './webhook-secret.js';

const BASE = '/api/v1/webhook';

/** What an admin may do with webhooks. */
export class WebhookActions {
  /** @param changed a webhook is another one, or gone */
  constructor(
    private readonly api: Api,
    private readonly changed: () => Promise<void>,
  ) {}

  add(): void {
    const kinds = Object.keys(KIND_NAMES).join(', ');
    ask(
      {
        title: 'Add a webhook',
        text: 'From now on changes are sent there, signed, in order, at least once.',
        fields: [
          { name: 'url', label: 'URL', type: 'url', required: true, hint: 'https, at a public address.' },
          { name: 'description', label: 'Description (optional)', limits: { maxlength: 200 } },
          { name: 'experiences', label: 'Experiences (optional)', hint: 'Ids with commas between; without them all.' },
          { name: 'kinds', label: 'Kinds (optional)', hint: `Of ${kinds}; without them all.` },
        ],
        submit: 'Add',
      },
      async ({ url = '', description = '', experiences = '', kinds: chosen = '' }) => {
        const body = { url: url.trim(), description: description.trim() || null };
        const named = { experiences: idsOf(experiences), kinds: listOf(chosen) };
        const added = await this.api.post<WebhookWithSecret>(BASE, { ...body, ...named });
        // First of all: it is not told again.
        showSecret(added.url, added.secret);
        await this.refresh();
      },
    );
  }

  rotate({ id, url }: WebhookReport): void {
    ask(
      {
        title: 'Make a new secret?',
        text: `For ${url}. The old one also signs for a day, so that the receiver can take the new one meanwhile.`,
        submit: 'Make a new secret',
      },
      async () => {
        const { secret } = await this.api.post<WebhookWithSecret>(`${BASE}/${id}/rotate`, {});
        showSecret(url, secret);
        await this.refresh();
      },
    );
  }

  sendAll(webhook: WebhookReport): void {
    this.replay(webhook, 'oldest', 'All changes that are kept');
  }

  skip({ id, url }: WebhookReport): void {
    ask(
      {
        title: 'Go on from now?',
        text: `What has changed until now is not sent to ${url}: its receiver has to read everything anew.`,
        submit: 'Go on from now',
      },
      async () => {
        await this.api.post(`${BASE}/${id}/replay`, { cursor: 'now' });
        await this.changed();
        notify('It goes on from now.');
      },
    );
  }

  replay({ id, url }: WebhookReport, cursor: string, what: string): void {
    ask(
      {
        title: 'Send again?',
        text: `${what} to ${url}. The receiver gets later changes again, too.`,
        submit: 'Send again',
      },
      async () => {
        await this.api.post(`${BASE}/${id}/replay`, { cursor });
        await this.changed();
        notify('It is sent again from there.');
      },
    );
  }

  remove({ id, url }: WebhookReport): void {
    ask(
      {
        title: 'Remove the webhook?',
        text: `Nothing more is sent to ${url}, and its log is deleted.`,
        submit: 'Remove',
        danger: true,
      },
      async () => {
        await this.api.delete(`${BASE}/${id}`);
        await this.changed();
        notify('The webhook was removed.');
      },
    );
  }

  async test({ id }: WebhookReport): Promise<void> {
    await this.act(async () => {
      const { status, error, durationMs } = await this.api.post<DeliveryReport>(`${BASE}/${id}/test`);
      return error === null ? `The test was taken: ${status ?? ''} in ${durationMs} ms.` : `The test failed: ${error}`;
    });
  }

  async pause({ id }: WebhookReport): Promise<void> {
    await this.act(async () => {
      await this.api.post(`${BASE}/${id}/pause`);
      return 'The webhook is paused.';
    });
  }

  async resume({ id }: WebhookReport): Promise<void> {
    await this.act(async () => {
      await this.api.post(`${BASE}/${id}/resume`);
      return 'The webhook is resumed.';
    });
  }

  private async act(work: () => Promise<string>): Promise<void> {
    try {
      notify(await work());
    } catch (error) {
      notify(error instanceof Error ? error.message : String(error));
    }
    await this.refresh();
  }

  private async refresh(): Promise<void> {
    await this.changed().catch((error: unknown) => {
      notify(error instanceof Error ? error.message : String(error));
    });
  }
}

function listOf(text: string): string[] {
  return text.split(/[\s,]+/).filter((part) => part !== '');
}

/** @throws Error for people */
function idsOf(text: string): number[] {
  const ids = listOf(text).map(Number);
  if (ids.every((id) => Number.isSafeInteger(id) && id > 0)) return ids;
  throw new Error('Experiences: write their ids with commas between, as in 14, 15.');
}
