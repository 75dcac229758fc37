/**
 * Subscriptions to a supplier's notifications. Each call sends one request.
 * @throws each as `SupplierClient.fetchSpan`
 */
export interface SupplierNotifications {
  /** Whether the supplier sends notifications at all. */
  isOffered(): Promise<boolean>;
  /** The id of our subscription with this address; null: there is none; undefined: the supplier lists none at all. */
  find(url: string): Promise<string | null | undefined>;
  /** Whether the supplier still has the subscription. */
  isKnown(id: string): Promise<boolean>;
  /** @returns the id of the new subscription */
  subscribe(url: string): Promise<string>;
  /** Resolves also if the supplier does not know it. */
  unsubscribe(id: string): Promise<void>;
}
