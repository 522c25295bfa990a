// `npm ci` must pass where a browser's download is out of reach; the tests find or fetch one themselves (test/chrome.ts).
module.exports = { skipDownload: true };
