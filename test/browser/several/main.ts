/** All of them at once, though most are far below the screen. */
import "../../../demos/hebb/main";
import "../../../demos/encoder/main";
import "../../../demos/fields/main";
import "../../../demos/goodness/main";
import "../../../demos/hopfield/main";
import "../../../demos/perceptron/main";
import "../../../demos/settling/main";
import "../../../demos/stdp/main";
import "../../../demos/reward/main";
import "../../../demos/time/main";
import "../../../demos/digits/main";
import "../../../demos/sharks/main";
import "../../../demos/dopamine/main";
