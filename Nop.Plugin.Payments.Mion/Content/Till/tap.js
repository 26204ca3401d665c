/* Reads a Bolt Card where the browser can read NFC; what it names is sent to the shop only when the assistant has seen it and agrees. */
(function () {
  'use strict';

  var root = document.querySelector('[data-till]');
  var tap = document.querySelector('[data-tap]');
  if (!root || !tap || !('NDEFReader' in window) || !window.fetch) {
    return;
  }

  var form = tap.querySelector('form');
  var news = tap.querySelector('[data-tap-news]');
  var step = 'idle';
  var address = '';
  var scan = null;

  // whoever works by keyboard is left where the next button is
  function go(next, words) {
    var wasHere = tap.contains(document.activeElement);
    step = next;
    Array.prototype.forEach.call(tap.querySelectorAll('[data-step]'), function (element) {
      element.hidden = element.dataset.step.split(' ').indexOf(step) < 0;
    });
    news.textContent = words || '';
    if (wasHere && !tap.hidden) {
      (Array.prototype.filter.call(tap.querySelectorAll('button'), function (button) {
        return button.offsetParent;
      })[0] || tap).focus();
    }
  }

  function end(words) {
    if (scan) {
      scan.abort();
      scan = null;
    }
    address = '';
    go('idle', words);
  }

  // a card names its service by lnurlw:// in place of https:// (LUD-17)
  function find(message) {
    for (var i = 0; i < message.records.length; i += 1) {
      var record = message.records[i];
      if (record.data && ['url', 'absolute-url', 'text'].indexOf(record.recordType) >= 0) {
        try {
          var found = /^(?:lnurlw|https):\/\/(.+)$/i.exec(new TextDecoder(record.encoding || 'utf-8').decode(record.data).trim());
          if (found) {
            return new URL('https://' + found[1]);
          }
        } catch (error) {
          // no address, or no text: the next record may be one
        }
      }
    }
    return null;
  }

  function begin() {
    var own = new AbortController();
    var reader = new window.NDEFReader();
    scan = own;
    reader.addEventListener('reading', function (event) {
      // another card that comes near does not take the place of the one that is shown
      if (step !== 'hold' || scan !== own) {
        return;
      }
      var url = find(event.message);
      if (!url) {
        go('hold', tap.dataset.noCard);
        return;
      }
      address = url.href;
      tap.querySelector('[data-tap-domain]').textContent = url.host;
      go('confirm');
    });
    reader.addEventListener('readingerror', function () {
      if (step === 'hold' && scan === own) {
        go('hold', tap.dataset.noCard);
      }
    });
    go('hold');
    reader.scan({ signal: own.signal }).catch(function () {
      if (scan === own) {
        end(tap.dataset.noReader);
      }
    });
  }

  function pay(event) {
    event.preventDefault();
    if (step !== 'confirm') {
      return;
    }
    var fields = new FormData(form);
    var own = scan;
    fields.append('address', address);
    go('sending');
    fetch(form.action, { method: 'POST', body: fields, cache: 'no-store', credentials: 'same-origin', redirect: 'manual', headers: { Accept: 'application/json' } })
      .then(function (response) {
        if (response.type === 'opaqueredirect') {
          // logged out meanwhile: the page itself leads to the login, and back
          window.location.reload();
        }
        if (!response.ok) {
          throw new Error('status ' + response.status);
        }
        return response.json();
      })
      .then(function (answer) {
        if (scan !== own) {
          return;
        }
        if (answer.Result === 'Sent') {
          end(answer.Message);
        } else {
          go('hold', answer.Message);
        }
      })
      .catch(function () {
        if (scan === own) {
          go('hold', tap.dataset.failed);
        }
      });
  }

  tap.querySelector('#mion-tap-begin').addEventListener('click', begin);
  tap.querySelector('#mion-tap-stop').addEventListener('click', function () {
    end();
  });
  form.addEventListener('submit', pay);
  // from now on it is shown as long as there is an invoice, like all that is
  tap.dataset.for = 'Waiting';
  tap.hidden = root.dataset.state !== 'Waiting';
  new MutationObserver(function () {
    if (root.dataset.state !== 'Waiting' && (scan || news.textContent)) {
      end();
    }
  }).observe(root, { attributes: true, attributeFilter: ['data-state'] });
}());
