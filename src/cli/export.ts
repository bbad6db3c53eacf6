export async function exportFile(): Promise<void> {}
