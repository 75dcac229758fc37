/** The body of `GET /supplier`. */
export function supplierBody(endpoint: string): object {
  const contact = { website: null, email: 'sandbox@example.com', telephone: null, address: null };
  return { id: 'sandbox', name: 'Sandbox Supplier', endpoint, contact };
}
