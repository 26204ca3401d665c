/* Keeps a charge's page and the customer's screen up to date: asks the shop once a second and shows what came. */
(function () {
  'use strict';

  var root = document.querySelector('[data-till]');
  if (!root || !window.fetch) {
    return;
  }

  var follows = root.hasAttribute('data-follow');
  var soundKey = 'mion-till-sound';
  var failures = 0;
  var pause = 1000;
  var timer = 0;
  var endsAt = 0;
  var returnTimer = 0;
  var audio = null;
  var light = null;
  var lightAsked = false;

  function all(selector, action) {
    Array.prototype.forEach.call(root.querySelectorAll(selector), action);
  }

  function isFinal(state) {
    return state === 'Paid' || state === 'Expired' || state === 'Cancelled' || state === 'NeedsHelp';
  }

  // what has not changed is not written: a screen reader would speak again, a field lose its selection
  function setHidden(element, hidden) {
    if (element.hidden !== hidden) {
      element.hidden = hidden;
    }
  }

  function setText(element, text) {
    if (element.textContent !== text) {
      element.textContent = text;
    }
  }

  function show(news) {
    var changed = root.dataset.state !== news.State;
    root.dataset.state = news.State;
    all('[data-for]', function (element) {
      setHidden(element, element.dataset.for.split(' ').indexOf(news.State) < 0);
    });
    all('[data-problem]', function (element) {
      setHidden(element, element.dataset.problem !== news.Problem);
    });
    all('[data-filled]', function (element) {
      setHidden(element, !news[element.dataset.filled]);
    });
    all('[data-text]', function (element) {
      if (news[element.dataset.text]) {
        setText(element, news[element.dataset.text]);
      }
    });
    all('[data-value]', function (element) {
      if (news[element.dataset.value] && element.value !== news[element.dataset.value]) {
        element.value = news[element.dataset.value];
      }
    });
    all('[data-qr]', function (element) {
      if (news.QrUrl && element.getAttribute('src') !== news.QrUrl) {
        element.src = news.QrUrl;
      }
    });
    all('[data-source]', function (element) {
      if (news[element.dataset.source] && element.getAttribute('src') !== news[element.dataset.source]) {
        element.src = news[element.dataset.source];
      }
    });
    all('[data-tips]', function (place) {
      showTips(place, news.State === 'Tip' ? news.Tips : []);
    });
    all('[data-unreachable]', function (element) {
      setHidden(element, news.IsMionReachable !== false);
    });
    setEnd(news.MillisecondsLeft);
    keepAwake();
    if (changed) {
      announce();
      if (isFinal(news.State)) {
        focusNext();
      }
      if (news.State === 'Paid') {
        play();
        goBackLater();
      }
    }
  }

  // on the customer's screen, which knows the amount, and so its buttons, only when there is a charge
  function showTips(place, tips) {
    var shown = JSON.stringify(tips);
    if (place.dataset.shown === shown) {
      return;
    }
    place.dataset.shown = shown;
    place.textContent = '';
    tips.forEach(function (tip) {
      var button = document.createElement('button');
      button.type = 'button';
      button.className = 'mion-till-tool';
      [['strong', tip.Percent || place.dataset.none], ['span', (tip.Value ? '+ ' : '') + tip.Amount]].forEach(function (part) {
        button.appendChild(document.createElement(part[0])).textContent = part[1];
      });
      button.addEventListener('click', function () {
        choose(place, tip.Value);
      });
      place.appendChild(button);
    });
  }

  function choose(place, percent) {
    Array.prototype.forEach.call(place.children, function (button) {
      button.disabled = true;
    });
    fetch(place.dataset.tips + '?percent=' + percent, { method: 'POST', cache: 'no-store', credentials: 'same-origin', redirect: 'error' })
      .catch(function () {})
      .then(function () {
        // should it not have come through, the buttons are made anew
        place.dataset.shown = '';
        if (timer) {
          window.clearTimeout(timer);
          ask();
        }
      });
  }

  // whoever works by keyboard goes on with Enter; who is busy elsewhere on the page is left there
  function focusNext() {
    var next = root.querySelector('[data-next]');
    var active = document.activeElement;
    if (next && (!active || active === document.body || active === root || active.offsetParent === null)) {
      next.focus();
    }
  }

  function announce() {
    var words = [];
    all('[data-for]', function (element) {
      var title = element.hidden ? null : element.querySelector('[data-say]');
      if (title) {
        words.push(title.textContent);
      }
    });
    all('[data-announce]', function (element) {
      setText(element, words.join('. '));
    });
  }

  // the server says how long, so a clock that is wrong on this device does no harm
  function setEnd(left) {
    endsAt = left > 0 ? performance.now() + Number(left) : 0;
  }

  function tick() {
    var seconds = endsAt ? Math.max(0, Math.ceil((endsAt - performance.now()) / 1000)) : 0;
    all('[data-countdown]', function (element) {
      setText(element, Math.floor(seconds / 60) + ':' + ('0' + seconds % 60).slice(-2));
    });
    // without the shop's answer no other code comes, and this one cannot be paid any more: nobody should try
    root.classList.toggle('mion-till-stale', endsAt > 0 && seconds === 0);
  }

  function ask() {
    timer = 0;
    if (document.hidden) {
      return;
    }
    var controller = window.AbortController ? new AbortController() : null;
    var limit = window.setTimeout(function () {
      if (controller) {
        controller.abort();
      }
    }, 12000);
    fetch(root.dataset.statusUrl, {
      cache: 'no-store', credentials: 'same-origin', redirect: follows ? 'error' : 'manual', headers: { Accept: 'application/json' }, signal: controller ? controller.signal : undefined
    })
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
      .then(function (news) {
        failures = 0;
        pause = Math.min(1000, Math.max(100, news.NextMilliseconds));
        all('[data-offline]', function (element) {
          setHidden(element, true);
        });
        show(news);
      })
      .catch(function () {
        failures += 1;
        if (failures > 1) {
          all('[data-offline]', function (element) {
            setHidden(element, false);
          });
        }
      })
      .then(function () {
        window.clearTimeout(limit);
        later();
      });
  }

  function later() {
    if (timer || document.hidden || (isFinal(root.dataset.state) && !follows && failures === 0)) {
      return;
    }
    var idle = follows && (root.dataset.state === 'Idle' || isFinal(root.dataset.state));
    timer = window.setTimeout(ask, failures > 3 ? 3000 : failures > 0 ? 1000 : idle ? 2000 : pause);
  }

  // the customer's screen never goes dark, the assistant's not while somebody looks at a code
  function keepAwake() {
    if (!navigator.wakeLock || document.hidden || lightAsked) {
      return;
    }
    var wanted = follows || ['Starting', 'Waiting', 'Seen'].indexOf(root.dataset.state) >= 0;
    if (!wanted && light) {
      light.release();
      light = null;
    }
    if (!wanted || light) {
      return;
    }
    lightAsked = true;
    navigator.wakeLock.request('screen').then(function (lock) {
      lightAsked = false;
      light = lock;
      // browsers take it away whenever the page is not seen
      lock.addEventListener('release', function () {
        if (light === lock) {
          light = null;
        }
      });
      keepAwake();
    }, function () {
      lightAsked = false;
    });
  }

  function isSoundOn() {
    var own = null;
    try {
      own = window.localStorage.getItem(soundKey);
    } catch (error) {
      own = null;
    }
    return own === null ? root.dataset.sound === '1' : own === '1';
  }

  // browsers let a page sound only after somebody has touched it, so its voice is made at the first touch
  function prepareSound() {
    var Context = window.AudioContext || window.webkitAudioContext;
    if (follows || !isSoundOn() || !Context) {
      return null;
    }
    try {
      audio = audio || new Context();
      return audio.resume();
    } catch (error) {
      audio = null;
      return null;
    }
  }

  // two short notes, made here: no file to load, nothing to licence
  function play() {
    var ready = prepareSound();
    if (ready) {
      ready.then(sing, function () {});
    }
  }

  function sing() {
    try {
      [[880, 0], [1318.5, 0.14]].forEach(function (note) {
        var tone = audio.createOscillator();
        var volume = audio.createGain();
        var start = audio.currentTime + note[1];
        tone.frequency.value = note[0];
        volume.gain.setValueAtTime(0.25, start);
        volume.gain.exponentialRampToValueAtTime(0.001, start + 0.35);
        tone.connect(volume);
        volume.connect(audio.destination);
        tone.start(start);
        tone.stop(start + 0.4);
      });
      root.dataset.played = String(Number(root.dataset.played || 0) + 1);
    } catch (error) {
      audio = null;
    }
  }

  function goBackLater() {
    var seconds = Number(root.dataset.return);
    if (!seconds || !root.dataset.startUrl) {
      return;
    }
    all('[data-returning]', function (element) {
      setHidden(element, false);
    });
    returnTimer = window.setInterval(function () {
      seconds -= 1;
      all('[data-return-left]', function (element) {
        setText(element, String(Math.max(0, seconds)));
      });
      if (seconds <= 0) {
        window.clearInterval(returnTimer);
        window.location.assign(root.dataset.startUrl);
      }
    }, 1000);
  }

  function stay() {
    window.clearInterval(returnTimer);
    all('[data-returning]', function (element) {
      setHidden(element, true);
    });
  }

  function showSoundSwitch(button) {
    button.hidden = false;
    setText(button, isSoundOn() ? button.dataset.on : button.dataset.off);
    button.setAttribute('aria-pressed', isSoundOn() ? 'true' : 'false');
  }

  all('[data-sound-switch]', function (button) {
    showSoundSwitch(button);
    button.addEventListener('click', function () {
      try {
        window.localStorage.setItem(soundKey, isSoundOn() ? '0' : '1');
      } catch (error) {
        root.dataset.sound = isSoundOn() ? '0' : '1';
      }
      showSoundSwitch(button);
      play();
    });
  });
  all('[data-stay]', function (button) {
    button.addEventListener('click', stay);
  });
  // who types an address is not sent away meanwhile, and one press sends one mail
  all('[data-mail]', function (form) {
    form.addEventListener('focusin', stay);
    form.addEventListener('submit', function () {
      form.querySelector('button').disabled = true;
    });
  });
  all('[data-print]', function (button) {
    button.addEventListener('click', function () {
      stay();
      window.print();
    });
  });
  all('[data-copy]', function (button) {
    button.addEventListener('click', function () {
      var field = root.querySelector(button.dataset.copy);
      field.focus();
      field.select();
      if (navigator.clipboard && window.isSecureContext) {
        navigator.clipboard.writeText(field.value);
      } else {
        document.execCommand('copy');
      }
      setText(button, button.dataset.copied);
    });
  });

  all('[data-full-screen]', function (button) {
    if (!document.fullscreenEnabled) {
      button.remove();
      return;
    }
    button.hidden = root.dataset.state !== button.dataset.for;
    button.addEventListener('click', function () {
      document.documentElement.requestFullscreen();
    });
  });
  document.addEventListener('visibilitychange', function () {
    keepAwake();
    if (!document.hidden && !timer && (follows || !isFinal(root.dataset.state))) {
      ask();
    }
  });
  window.addEventListener('offline', function () {
    all('[data-offline]', function (element) {
      setHidden(element, false);
    });
  });
  window.addEventListener('online', function () {
    if (timer) {
      window.clearTimeout(timer);
      ask();
    }
  });
  ['pointerdown', 'keydown'].forEach(function (touch) {
    document.addEventListener(touch, prepareSound, { once: true });
  });
  if (!follows) {
    root.focus({ preventScroll: true });
  }
  setEnd(root.dataset.left);
  keepAwake();
  tick();
  window.setInterval(tick, 250);
  later();
}());
