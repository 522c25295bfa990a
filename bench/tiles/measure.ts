export async function measureTiles(){ return []; }
