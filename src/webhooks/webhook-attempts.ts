import { Injectable } from '@nestjs/common';

/** Counts the attempts of this process to deliver messages. */
@Injectable()
export class WebhookAttempts {
  private delivered = 0;
  private failed = 0;

  get counts(): { readonly delivered: number; readonly failed: number } {
    return { delivered: this.delivered, failed: this.failed };
  }

  add(delivered: boolean): void {
    if (delivered) this.delivered += 1;
    else this.failed += 1;
  }
}
